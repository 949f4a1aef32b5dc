export interface Told {
  ok?: number;
  failed?: number;
  messagesIn?: number;
  connected?: number;
  defaultPak?: number;
}
/** The broker’s metrics as it tells them, as far as they are charted; two of them are not. */
export const metrics = ({ ok = 0, failed = 0, messagesIn = 0, connected = 0, defaultPak = 0 }: Told) => `
brokkr_http_requests_total{endpoint="/a",method="GET",status="200"} ${ok}
brokkr_http_requests_total{endpoint="/a",method="GET",status="503"} ${failed}
brokkr_ws_messages_total{direction="in",type="heartbeat"} ${messagesIn}
brokkr_ws_messages_total{direction="out",type="ack"} 0
brokkr_ws_connected_agents ${connected}
brokkr_stacks_total 7
brokkr_deployment_objects_total 2
brokkr_default_admin_pak_hash_in_use ${defaultPak}
`;
/** Of requests answered within each bound, in seconds. */
export const buckets = (...counts: [bound: string, count: number][]) =>
  counts
    .map(([bound, count]) => `brokkr_http_request_duration_seconds_bucket{endpoint="/a",method="GET",le="${bound}"} ${count}`)
    .join('\n');
