/* Adds an empty form at once where the server would send the page anew. Without it the buttons do the same. */

document.addEventListener("DOMContentLoaded", () => {
  "use strict";

  const place = document.getElementById("records");
  if (!place) return;

  const nextNumber = () =>
    1 + Math.max(-1, ...[...document.querySelectorAll('[name="record"], [name="taken"]')].map((row) => parseInt(row.value, 10)));

  const add = (kind) => {
    const template = document.querySelector(`template[data-kind="${CSS.escape(kind)}"]`);
    if (!template) return false;
    const holder = document.createElement("div");
    holder.innerHTML = template.innerHTML.replaceAll("__n__", String(nextNumber()));
    const record = holder.querySelector("fieldset");
    place.append(record);
    record.dispatchEvent(new CustomEvent("record-added", { bubbles: true }));
    record.querySelector(".story-field input, .story-field select, .story-field textarea").focus();
    return true;
  };

  document.querySelectorAll('[name="add"]').forEach((button) =>
    button.addEventListener("click", (event) => {
      if (add(button.value)) event.preventDefault();
    }),
  );
});
