/** Times are integer UTC milliseconds, ids UUIDs, JSON is text. */
export interface Tables {
  audit_entries: {
    seq: number;
    kind: 'intent' | 'outcome' | 'fact';
    of_seq: number | null;
    at_ms: number;
    type: string;
    person_id: string | null;
    person_name: string | null;
    person_role: string | null;
    person_verified: number | null;
    session_hash: string | null;
    resource_kind: string | null;
    resource_id: string | null;
    resource_name: string | null;
    outcome: string | null;
    code: string | null;
    status: number | null;
    upstream_status: number | null;
    reason: string | null;
    method: string | null;
    path: string | null;
    request_id: string | null;
    ip: string | null;
    user_agent: string | null;
    count: number;
    before_json: string | null;
    after_json: string | null;
    previous_hash: string;
    hash: string;
  };
  /** What lists find rows of the ledger by; made from the entries in their transactions, and never shown itself. */
  audit_rows: {
    /** Of the intent or fact. */
    seq: number;
    at_ms: number;
    type: string;
    outcome: string;
    person_id: string | null;
    person_name: string | null;
    resource_kind: string | null;
    resource_id: string | null;
    resource_name: string | null;
    request_id: string | null;
  };
  idempotency: {
    person_id: string;
    key: string;
    request_hash: string;
    intent_seq: number;
    answer_json: string | null;
    expires_at_ms: number;
  };
  sessions: {
    token_hash: string;
    id: string;
    person_id: string;
    person_json: string;
    credential_sealed: string | null;
    created_at_ms: number;
    seen_at_ms: number;
    ends_at_ms: number;
    mac: string;
  };
  drafts: { person_id: string; key: string; sealed: string; saved_at_ms: number };
  accounts: {
    id: string;
    name: string;
    name_key: string;
    role: 'viewer' | 'operator' | 'admin';
    disabled: number;
    password_hash: string | null;
  };
  /** `account_id` is null for the link that makes the first admin. */
  account_links: { token_hash: string; account_id: string | null; expires_at_ms: number };
  attempts: { key: string; count: number; ends_at_ms: number };
  secrets: { name: string; sealed: string };
  rhythms: { agent_id: string; gaps_json: string };
}
