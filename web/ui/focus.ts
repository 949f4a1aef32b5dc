const focusOnMount = (element: HTMLElement | null) => element?.focus();

/** Props of the control that has the focus first: on a page by itself, in a dialog by the dialog's own trap. */
export const focusProps = (first: boolean | undefined) => (first === true ? { ref: focusOnMount, 'data-autofocus': true } : {});
