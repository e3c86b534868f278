// A health check by node itself: the image has no curl, and needs none.

/** How often compose and the image's own check ask. */
export const webHealthCheck = { intervalSeconds: 10, timeoutSeconds: 3, retries: 3 } as const;

const timeoutMilliseconds = 2000;

/** argv that ends with 0 when GET path answers with a status below 400. */
export function nodeHealthCommand(port: number, path: string): readonly string[] {
  const url = JSON.stringify(`http://127.0.0.1:${port}${path}`);
  return [
    'node',
    '-e',
    `fetch(${url},{signal:AbortSignal.timeout(${timeoutMilliseconds})}).then((r)=>process.exit(r.ok?0:1),()=>process.exit(1))`,
  ];
}

/** argv that ends with 0 as long as process 1 runs or waits, and 1 when it is stopped or dead: for a worker without a port. */
export const processAliveCommand: readonly string[] = [
  'node',
  '-e',
  "process.exit(/^State:\\s+[RSD]/m.test(require('node:fs').readFileSync('/proc/1/status','utf8'))?0:1)",
];

/** argv that ends with 0 when process 1 takes signals: for readiness, which asks another question than liveness. */
export const processHealthCommand: readonly string[] = ['node', '-e', 'process.kill(1,0)'];
