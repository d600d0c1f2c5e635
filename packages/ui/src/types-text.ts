/** Whether keys pressed there are text, so that single-letter shortcuts must stay out. */
export const typesText = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest(
    'input,textarea,select,[contenteditable="true"],[role="textbox"],[role="combobox"],.cm-editor,.xterm',
  ) !== null
