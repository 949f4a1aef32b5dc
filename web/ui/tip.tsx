import { Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';

/** Words on hover, focus and touch. The child must be one element that takes a ref. */
export function Tip({ text, children }: { text: string | undefined; children: ReactElement }) {
  return text === undefined ? children : <Tooltip label={text}>{children}</Tooltip>;
}
