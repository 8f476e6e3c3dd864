/* Says beside a form, while it is typed, which records may be the same. The server looks; nothing here decides. */

(() => {
  "use strict";

  const WAIT = 500;

  // "r0-participations-2-country" is "participations.country" to the rule that reads it.
  const plainName = (name, prefix) =>
    name.startsWith(prefix) ? name.slice(prefix.length).replace(/-(?:\d+)-/, ".") : "";

  const questionOf = (place) => {
    const { reads, prefix, by, of } = place.dataset;
    const asked = new URLSearchParams();
    const known = new Set(reads.split(" "));
    for (const control of place.closest("form").elements) {
      const name = control.name ? plainName(control.name, prefix) : "";
      if (!known.has(name)) continue;
      const values = control.multiple
        ? [...control.selectedOptions].map((option) => option.value)
        : [control.value];
      values.filter((value) => value.trim()).forEach((value) => asked.append(name, value));
    }
    if (![...asked.keys()].length) return "";
    asked.append("by", by);
    if (of) asked.append("of", of);
    return asked.toString();
  };

  const watch = (place) => {
    let last = null;
    let timer = 0;
    let asking = null;

    const look = async () => {
      const question = questionOf(place);
      if (question === last) return;
      last = question;
      asking?.abort();
      if (!question) {
        place.replaceChildren();
        return;
      }
      asking = new AbortController();
      try {
        const answer = await fetch(`${place.dataset.address}?${question}`, {
          signal: asking.signal,
          credentials: "same-origin",
          headers: { "X-Requested-With": "fetch" },
        });
        // A login that has expired leads to another page; that is not an answer.
        if (answer.ok && !answer.redirected) {
          const html = await answer.text();
          if (html.trim() !== place.innerHTML.trim()) place.innerHTML = html;
        }
      } catch (error) {
        if (error.name !== "AbortError") last = null;
      }
    };

    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(look, WAIT);
    };
    const form = place.closest("form");
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    // The widgets of Django's own autocomplete tell only jQuery.
    window.django?.jQuery?.(form).on("change", "select", soon);
    if (place.dataset.of) soon();
  };

  const begin = (root) => root.querySelectorAll(".may-be-same:not([data-watched])").forEach((place) => {
    place.dataset.watched = "yes";
    watch(place);
  });

  document.addEventListener("DOMContentLoaded", () => begin(document));
  document.addEventListener("record-added", (event) => begin(event.target));
})();
