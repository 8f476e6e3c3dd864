// A form that is half filled in comes along into another language: it is sent to be shown again, not to be saved.
"use strict";
{
    const languages = document.querySelector(".language-choice[data-form]");

    function isTyped(field) {
        if (field.options) {
            return [...field.options].some((option) => option.value && option.selected !== option.defaultSelected);
        }
        const isTicked = ["checkbox", "radio"].includes(field.type);
        return isTicked ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
    }

    async function comeAlong(event) {
        const form = document.querySelector("#content form[method=post]");
        const fields = form ? [...form.querySelectorAll("input, select, textarea")] : [];
        if (!(languages.dataset.form || fields.some(isTyped))) {
            return;
        }
        event.preventDefault();
        const body = new FormData(languages, event.submitter);
        await fetch(languages.action, {method: "POST", body, redirect: "manual"});
        const mark = document.createElement("input");
        Object.assign(mark, {type: "hidden", name: "_resume", value: "language"});
        form.append(mark);
        form.submit();
    }

    if (languages) {
        languages.addEventListener("submit", comeAlong);
    }
}
