import { useEffect, useState } from 'react';

/** A text as it was when it last rested for so long; `version` stands for it where the text itself is too long. */
export function useSettled(text: string, restMs: number): { text: string; version: number } {
  const [settled, setSettled] = useState({ text, version: 0 });
  useEffect(() => {
    if (text === settled.text) return;
    const timer = setTimeout(() => setSettled(({ version }) => ({ text, version: version + 1 })), restMs);
    return () => clearTimeout(timer);
  }, [text, settled.text, restMs]);
  return settled;
}
