// Beside every text that is there to be copied: a button that copies it. Without scripts the text is selected by hand.
"use strict";

const words = document.currentScript.dataset;

for (const text of document.querySelectorAll("[data-copied-from]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "reuse-copy";
  button.textContent = words.copy;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.textContent);
      button.textContent = words.copied;
    } catch {
      getSelection().selectAllChildren(text);
    }
    setTimeout(() => (button.textContent = words.copy), 2500);
  });
  (text.closest("pre") || text).after(button);
}
