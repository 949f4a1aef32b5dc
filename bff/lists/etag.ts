import { toBase64Url, utf8 } from '#contract/bytes.ts';
import type { Digest } from '#contract/ports.ts';
import type { Editable } from './snapshot-host.ts';

/** 132 bits of SHA-256: enough for no accident, short in a header. */
const etagLength = 22;
/** Rows on pages that people look at come again and again. */
const remembered = 20_000;

/** Strong entity tags over editable members only, so that a heartbeat never makes an edit stale. */
export function createEtags(digest: Digest) {
  const known = new Map<string, string>();

  async function etag(members: unknown): Promise<string> {
    const canonical = JSON.stringify(members);
    const before = known.get(canonical);
    if (before !== undefined) return before;
    const hash = await digest.sha256(utf8(canonical));
    const tag = `"${toBase64Url(hash).slice(0, etagLength)}"`;
    if (known.size >= remembered) known.clear();
    known.set(canonical, tag);
    return tag;
  }
  return {
    ofAgent: ({ name, clusterName, status }: Editable) => etag([name, clusterName, status]),
    ofLabels: (labels: readonly string[]) => etag(labels.toSorted()),
    ofAnnotations: (annotations: readonly { key: string; value: string }[]) =>
      etag(annotations.map(({ key, value }) => JSON.stringify([key, value])).toSorted()),
  };
}
export type Etags = ReturnType<typeof createEtags>;
