// Copying a snippet. Without this script everything can still be seen, selected and copied by hand.
"use strict";
(() => {
  const status = document.querySelector("[role=status]");
  let shown = 0;

  async function toClipboard(field) {
    if (navigator.clipboard) {
      try {
        await navigator.clipboard.writeText(field.value);
        return true;
      } catch {} // pages opened as files, or in a frame, may not be allowed to
    }
    const focused = document.activeElement;
    field.focus();
    field.select();
    const copied = document.execCommand("copy");
    if (copied) focused.focus();
    return copied;
  }

  function tell(button, copied) {
    clearTimeout(shown);
    document.querySelectorAll("[data-done]").forEach((each) => each.removeAttribute("data-done"));
    if (copied) button.dataset.done = status.dataset.copied;
    status.textContent = "";
    // A screen reader speaks only what changes: the text must go before it comes again.
    setTimeout(() => { status.textContent = copied ? status.dataset.copied : status.dataset.selected; }, 50);
    shown = setTimeout(() => { button.removeAttribute("data-done"); status.textContent = ""; }, 4000);
  }

  for (const button of document.querySelectorAll("button[data-copies]")) {
    const field = document.getElementById(button.dataset.copies);
    button.hidden = false;
    button.addEventListener("click", async () => tell(button, await toClipboard(field)));
  }
})();
