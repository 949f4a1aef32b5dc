import * as yaml from 'yaml';
import { kubernetesShape } from '#contract/kubernetes-shape.ts';

/** Reads texts beside the page: one of 2 MiB takes seconds. Answers in the order it is asked. */
addEventListener('message', ({ data }: MessageEvent<string>) => {
  postMessage(kubernetesShape(data, yaml));
});
