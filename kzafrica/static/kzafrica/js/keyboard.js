// The admin by keyboard: save, go to the search, type in a list of records, go on in the row that was just added.
"use strict";
{
    // Keys press a button that saves; what applies, deletes or takes a step is pressed by hand alone.
    const SAVES = "#content [type=submit][name=_save], #save";
    const SAVES_AND_GOES_ON = "#content [type=submit][name=_continue]";
    const CLOSED_LIST = ".select2-selection--single[aria-expanded=false]";

    function press(selector) {
        const button = document.querySelector(selector);
        if (button) {
            button.form.requestSubmit(button);
        }
        return Boolean(button);
    }

    function isTyping(element) {
        return element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);
    }

    // The list opens before the letter is written, which so lands in its search.
    function openList(selection) {
        const select = selection.closest(".select2-container").previousElementSibling;
        window.django.jQuery(select).select2("open");
        document.querySelector(".select2-container--open .select2-search__field")?.focus();
    }

    document.addEventListener("keydown", (event) => {
        const withControl = (event.ctrlKey || event.metaKey) && !event.altKey;
        const isLetter = event.key?.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey;
        if (withControl && event.key.toLowerCase() === "s") {
            if (press(SAVES)) {
                event.preventDefault();
            }
        } else if (withControl && event.key === "Enter") {
            if (press(SAVES_AND_GOES_ON)) {
                event.preventDefault();
            }
        } else if (isLetter && event.target.matches(CLOSED_LIST)) {
            openList(event.target);
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
