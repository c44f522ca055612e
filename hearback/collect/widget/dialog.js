// A form in a dialog above the page, opened by a button of the widget or of the host.

import { element } from "./element.js";

/**
 * Put a form into a dialog that an opener opens. The browser itself keeps the focus inside, makes the page
 * behind inert, and closes on Escape.
 *
 * Args:
 *   makeForm: gives a form, {node, title}; called again where `isOver()` says that the last one is done.
 */
export function dialogFor(opener, makeForm, isOver, language, tell) {
  const label = { "aria-label": language.say("close"), ...language.mark };
  const close = element("button", { type: "button", class: "close", click: shut, ...label },
    element("span", { "aria-hidden": "true" }, "×"));
  const dialog = element("dialog",
    { "aria-labelledby": "title", cancel: onCancel, close: () => dialog.open || shut() });
  let form = null;
  let isOpen = false;
  opener.addEventListener("click", open);
  return dialog;

  function open() {
    if (isOpen) return;
    if (!form || isOver()) {
      form = makeForm();
      form.title.id = "title";
      form.title.setAttribute("autofocus", "");
      dialog.replaceChildren(close, form.node);
    }
    dialog.showModal();
    isOpen = true;
    form.title.focus();
    tell("open");
  }

  function onCancel(event) {
    event.preventDefault(); // the event of closing comes later, perhaps after the next opening
    shut();
  }

  function shut() {
    if (!isOpen) return;
    isOpen = false;
    dialog.close();
    opener.focus();
    tell("close");
  }
}
