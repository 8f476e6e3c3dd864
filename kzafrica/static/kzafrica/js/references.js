// A record of any kind is chosen by typing its name: an input with a list below it (ARIA: combobox with a list box).
// What is kept is kind/key or key, which can be typed too. With data-many several stand in one input, and the last is
// looked up; with data-waits Enter sends the form until an arrow has led into the list.
"use strict";
{
    const PAUSE = 200;

    class ReferenceInput {
        constructor(box) {
            this.box = box;
            this.input = box.querySelector("input");
            this.line = box.querySelector(".saying");
            this.options = [];
            this.active = -1;
            this.list = document.createElement("ul");
            this.list.className = "reference-options";
            this.list.id = `${this.input.id}_options`;
            this.list.setAttribute("role", "listbox");
            this.list.hidden = true;
            this.line.before(this.list);
            this.line.id = `${this.input.id}_words`;
            const help = document.getElementById(`${this.input.id}_helptext`) ? `${this.input.id}_helptext ` : "";
            for (const [name, value] of Object.entries({
                "role": "combobox",
                "autocomplete": "off",
                "placeholder": box.dataset.hint,
                "aria-autocomplete": "list",
                "aria-expanded": "false",
                "aria-controls": this.list.id,
                "aria-describedby": `${help}${this.line.id}`,
            })) {
                this.input.setAttribute(name, value);
            }
            this.input.addEventListener("input", () => this.ask());
            this.input.addEventListener("keydown", (event) => this.steer(event));
            this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
        }

        stop() {
            clearTimeout(this.timer);
            if (this.asked) {
                this.asked.abort();
            }
        }

        ask() {
            this.stop();
            this.say("");
            const term = this.typed();
            if (!term) {
                this.close();
                return;
            }
            this.timer = setTimeout(() => this.fetch(term), PAUSE);
        }

        // Empty where the next of several is not begun yet.
        typed() {
            const text = this.input.value;
            return "many" in this.box.dataset && /[\s,;]$/.test(text) ? "" : text.trim();
        }

        async fetch(term) {
            this.asked = new AbortController();
            const query = new URLSearchParams({field: this.box.dataset.field, term});
            if ("many" in this.box.dataset) {
                query.set("many", "1");
            }
            try {
                const answer = await fetch(`${this.box.dataset.options}?${query}`, {signal: this.asked.signal});
                if (answer.ok && !answer.redirected) {
                    const found = await answer.json();
                    // Whoever has gone on to another field is not called back.
                    if (document.activeElement === this.input) {
                        this.open(found);
                    }
                }
            } catch {
                // Without the network kind/key can still be typed.
            }
        }

        open({results, more, term}) {
            this.options = results;
            // Letters that are typed after this belong to the same name.
            this.begin = this.input.value.trimEnd().length - term.length;
            this.active = -1;
            this.list.replaceChildren(...results.map((option, index) => {
                const row = document.createElement("li");
                row.id = `${this.list.id}_${index}`;
                row.setAttribute("role", "option");
                row.textContent = option.text;
                row.addEventListener("mousedown", (event) => {
                    event.preventDefault();
                    this.choose(index);
                });
                return row;
            }));
            this.list.hidden = !results.length;
            this.input.setAttribute("aria-expanded", String(Boolean(results.length)));
            this.input.removeAttribute("aria-activedescendant");
            this.say(results.length ? (more ? this.box.dataset.more : "") : this.box.dataset.none, !results.length);
            if (results.length && !("waits" in this.box.dataset)) {
                this.mark(0);
            }
        }

        close() {
            this.list.hidden = true;
            this.input.setAttribute("aria-expanded", "false");
            this.input.removeAttribute("aria-activedescendant");
        }

        say(words, isWrong = false) {
            this.line.textContent = words;
            this.line.classList.toggle("saying-wrong", isWrong);
        }

        mark(index) {
            this.active = (index + this.options.length) % this.options.length;
            [...this.list.children].forEach((row, place) => {
                row.setAttribute("aria-selected", String(place === this.active));
            });
            const row = this.list.children[this.active];
            row.scrollIntoView({block: "nearest"});
            this.input.setAttribute("aria-activedescendant", row.id);
        }

        choose(index) {
            this.stop();
            const before = "many" in this.box.dataset ? this.input.value.slice(0, this.begin) : "";
            this.input.value = before + this.options[index].value;
            this.say(this.options[index].text);
            this.close();
            this.input.dispatchEvent(new Event("change", {bubbles: true}));
        }

        steer(event) {
            if (this.list.hidden) {
                if (event.key === "ArrowDown" && this.typed()) {
                    event.preventDefault();
                    this.fetch(this.typed());
                }
                return;
            }
            if (event.key === "Enter" && this.active < 0) {
                return;
            }
            const moves = {
                "ArrowDown": () => this.mark(this.active + 1),
                "ArrowUp": () => this.mark(Math.max(this.active, 0) - 1),
                "Enter": () => this.choose(this.active),
                "Escape": () => this.close(),
            };
            if (event.key in moves) {
                event.preventDefault();
                event.stopPropagation();
                moves[event.key]();
            }
        }
    }

    function start(place) {
        for (const box of place.querySelectorAll(".reference-input:not([data-listens])")) {
            if (!box.querySelector("input").name.includes("__prefix__")) {
                box.dataset.listens = "yes";
                new ReferenceInput(box);
            }
        }
    }

    for (const added of ["formset:added", "record-added"]) {
        document.addEventListener(added, (event) => start(event.target));
    }
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", () => start(document));
    } else {
        start(document);
    }
}
