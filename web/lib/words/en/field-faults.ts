import type { FieldFault } from '#web/lib/field-limits.ts';

/** What stands beside a field before anything is sent. */
export const fieldFaults = {
  of: (fault: FieldFault, noun: string): string => {
    switch (fault.kind) {
      case 'empty':
        return `Type a ${noun}.`;
      case 'too_long':
        return `${fault.bytes} bytes; a ${noun} has at most ${fault.limit}. Letters beyond plain ASCII count two to four.`;
      case 'space':
        return `A ${noun} has no spaces.`;
      case 'control':
        return `A ${noun} has no line breaks, tabs or other control characters.`;
    }
  },
} as const;
