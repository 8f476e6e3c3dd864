// The key / leads to the search, unless somebody is typing.
"use strict";
{
    const isTyping = (element) => element.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(element.tagName);

    document.addEventListener("keydown", (event) => {
        if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) {
            return;
        }
        const fields = [...document.querySelectorAll("[data-search]")];
        const field = fields.find((found) => found.offsetParent !== null);
        if (field) {
            event.preventDefault();
            field.focus();
            field.select();
        }
    });
}
