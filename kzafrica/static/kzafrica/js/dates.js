// Under each date: what was understood, asked of the site while one types. What was typed is never changed by itself.
"use strict";
{
    const PAUSE = 250;

    function show(box, input, answer) {
        const line = box.querySelector(".saying");
        line.textContent = answer.words || answer.error || "";
        line.classList.toggle("saying-wrong", Boolean(answer.error));
        let offer = box.querySelector(".saying-offer");
        if (!answer.suggestion) {
            if (offer) {
                offer.remove();
            }
            return;
        }
        if (!offer) {
            offer = document.createElement("button");
            offer.type = "button";
            offer.className = "saying-offer";
            offer.addEventListener("click", () => {
                input.value = offer.dataset.edtf;
                input.focus();
                input.dispatchEvent(new Event("input", {bubbles: true}));
            });
            line.after(offer);
        }
        offer.dataset.edtf = answer.suggestion;
        offer.textContent = answer.offer;
    }

    function listen(box) {
        const input = box.querySelector("input");
        if (!input || input.name.includes("__prefix__") || box.dataset.listens) {
            return;
        }
        box.dataset.listens = "yes";
        // A row that was added by script has new numbers in its ids, but not in what points to them.
        const line = box.querySelector(".saying");
        line.htmlFor = input.id;
        line.id = `${input.id}_words`;
        const help = document.getElementById(`${input.id}_helptext`) ? `${input.id}_helptext ` : "";
        input.setAttribute("aria-describedby", `${help}${line.id}`);
        let timer;
        let asked;
        input.addEventListener("input", () => {
            clearTimeout(timer);
            if (asked) {
                asked.abort();
            }
            const text = input.value.trim();
            if (!text) {
                show(box, input, {});
                return;
            }
            timer = setTimeout(async () => {
                asked = new AbortController();
                try {
                    const address = `${box.dataset.words}?text=${encodeURIComponent(text)}`;
                    const answer = await fetch(address, {signal: asked.signal});
                    if (answer.ok && !answer.redirected) {
                        show(box, input, await answer.json());
                    }
                } catch {
                    // Without the network the line stays as it is; saving says what is wrong.
                }
            }, PAUSE);
        });
    }

    const listenIn = (place) => place.querySelectorAll(".date-input").forEach(listen);
    for (const added of ["formset:added", "record-added"]) {
        document.addEventListener(added, (event) => listenIn(event.target));
    }
    if (document.readyState === "loading") {
        document.addEventListener("DOMContentLoaded", () => listenIn(document));
    } else {
        listenIn(document);
    }
}
