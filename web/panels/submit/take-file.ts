import { maxYamlBytes } from '#contract/revisions.ts';
import { submit } from '#web/lib/words/en/submit.ts';

const say = submit.editor;

/** The text of a dropped or chosen file, or in words why it is not taken. */
export async function takeFile(files: readonly File[]): Promise<{ text: string; name: string } | { fault: string } | undefined> {
  const [file] = files;
  if (file === undefined) return undefined;
  if (files.length > 1) return { fault: say.severalFiles(files.length) };
  if (file.size > maxYamlBytes) return { fault: say.fileTooLarge(file.name, file.size, maxYamlBytes) };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()), name: file.name };
  } catch (error) {
    return { fault: error instanceof TypeError ? say.notText(file.name) : say.fileNotRead(file.name) };
  }
}
