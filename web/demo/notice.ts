import styles from './notice.module.css';

export interface Notice {
  title: string;
  text: string;
  action?: string;
}
/** Shows a page of a few words instead of the console; resolves when its button, if any, is pressed. */
export function showNotice({ title, text, action }: Notice): Promise<void> {
  const main = document.createElement('main');
  main.className = styles['notice'] ?? '';
  const heading = document.createElement('h1');
  heading.textContent = title;
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  main.append(heading, paragraph);
  document.title = title;
  document.body.replaceChildren(main);
  if (action === undefined) return new Promise(() => undefined);
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = action;
  main.append(button);
  return new Promise((resolve) => button.addEventListener('click', () => resolve(), { once: true }));
}
