// Maps gain zoom and the words of a state beside the pointer. Without this file they are whole.
"use strict";
for (const frame of document.querySelectorAll("[data-map]")) {
    const svg = frame.querySelector("svg");
    const [, , width, height] = svg.getAttribute("viewBox").split(" ").map(Number);
    const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
    const add = (tag, name, parent) => {
        const made = document.createElement(tag);
        made.className = name;
        parent.append(made);
        return made;
    };
    let zoom = 1, x = 0, y = 0, moved = 0;

    // The point that is pointed at stays where it is: parts of the width and height from the corner.
    function zoomTo(next, across = 0.5, down = 0.5) {
        const before = zoom;
        zoom = clamp(next, 1, 8);
        move(width * across * (1 / before - 1 / zoom), height * down * (1 / before - 1 / zoom));
        for (const [button, end] of ends) button.disabled = zoom === end;
        svg.classList.toggle("is-zoomed", zoom > 1);
        tip.hidden = true;
    }
    function move(right, down) {
        x = clamp(x + right, 0, width - width / zoom);
        y = clamp(y + down, 0, height - height / zoom);
        svg.setAttribute("viewBox", [x, y, width / zoom, height / zoom].join(" "));
    }
    function zoomAt(event, next) {
        const box = svg.getBoundingClientRect();
        zoomTo(next, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
    }

    const bar = add("div", "map-zoom", frame);
    const keys = { "+": () => zoomTo(zoom * 1.6), "-": () => zoomTo(zoom / 1.6), 0: () => zoomTo(1) };
    const ends = [["+", "nearer", 8], ["-", "farther", 1], ["0", "whole", 1]].map(([key, name, end]) => {
        const button = add("button", `map-${name}`, bar);
        button.type = "button";
        button.setAttribute("aria-label", frame.dataset[name]);
        button.onclick = keys[key];
        return [button, end];
    });
    frame.addEventListener("keydown", (event) => {
        if (event.key === "Escape") tip.hidden = true;
        if (!keys[event.key] || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        keys[event.key]();
    });

    const tip = add("div", "map-tip", frame);
    tip.ariaHidden = "true";
    function tell(words, left, top) {
        const box = frame.getBoundingClientRect();
        tip.textContent = words;
        tip.hidden = false;
        const above = top - box.top - tip.offsetHeight - 12;
        tip.style.left = `${clamp(left - box.left - tip.offsetWidth / 2, 4, box.width - tip.offsetWidth - 4)}px`;
        tip.style.top = `${above < 4 ? top - box.top + 20 : above}px`;
    }
    for (const title of svg.querySelectorAll("a > title, path > title")) {
        const area = title.parentNode, words = title.textContent;
        area.setAttribute("aria-label", words);
        title.remove();
        area.onpointermove = (event) => event.pointerType === "mouse" && tell(words, event.clientX, event.clientY);
        area.onpointerleave = area.onblur = () => { tip.hidden = true; };
        area.onfocus = () => {
            const box = area.getBoundingClientRect();
            if (area.matches(":focus-visible")) tell(words, box.left + box.width / 2, box.top);
        };
    }

    // A plain wheel scrolls the page; the pinch of a touchpad comes as a wheel with Ctrl.
    svg.addEventListener("wheel", (event) => {
        if (!event.ctrlKey) return;
        event.preventDefault();
        zoomAt(event, zoom * Math.exp(-event.deltaY / 200));
    }, { passive: false });
    const fingers = new Map();
    svg.onpointerdown = (event) => { fingers.set(event.pointerId, event); moved = 0; };
    svg.onpointermove = (event) => {
        const last = fingers.get(event.pointerId);
        if (!last) return;
        const other = [...fingers.values()].find((finger) => finger !== last);
        const far = (finger) => Math.hypot(finger.clientX - other.clientX, finger.clientY - other.clientY);
        const unit = width / zoom / svg.clientWidth;
        if (other) zoomAt(event, zoom * far(event) / (far(last) || 1));
        else move((last.clientX - event.clientX) * unit, (last.clientY - event.clientY) * unit);
        moved += Math.abs(last.clientX - event.clientX) + Math.abs(last.clientY - event.clientY);
        fingers.set(event.pointerId, event);
    };
    svg.onpointerup = svg.onpointercancel = svg.onpointerleave = (event) => fingers.delete(event.pointerId);
    svg.addEventListener("click", (event) => zoom > 1 && moved > 6 && event.preventDefault(), true);
    svg.ondragstart = () => false;
    zoomTo(1);
}
