// The admin by keyboard: save, go to the search, and go on typing in the row that was just added.
"use strict";
{
    const inForm = "#content form[method=post]";

    function press(name) {
        const form = document.querySelector(inForm);
        const button = form && (form.querySelector(`[name=${name}]`) || form.querySelector("[type=submit]"));
        if (!button) {
            return false;
        }
        button.form.requestSubmit(button);
        return true;
    }

    function isTyping(element) {
        return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
    }

    document.addEventListener("keydown", (event) => {
        const withControl = (event.ctrlKey || event.metaKey) && !event.altKey;
        if (withControl && event.key.toLowerCase() === "s") {
            if (press("_save")) {
                event.preventDefault();
            }
        } else if (withControl && event.key === "Enter") {
            if (press("_continue")) {
                event.preventDefault();
            }
        } else if (event.key === "/" && !withControl && !isTyping(event.target)) {
            const search = document.querySelector("#searchbar, #nav-filter");
            if (search) {
                event.preventDefault();
                search.focus();
            }
        }
    });

    document.addEventListener("formset:added", (event) => {
        const first = event.target.querySelector(
            ".select2-selection, input:not([type=hidden]):not([type=checkbox]), select:not(.select2-hidden-accessible), textarea"
        );
        if (first) {
            first.focus();
        }
    });
}
