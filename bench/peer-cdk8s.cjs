// Writes one service's manifests for two environments with cdk8s-plus: node peer-cdk8s.cjs OUT NODE_MODULES
const { createRequire } = require('node:module');
const { mkdirSync } = require('node:fs');

const [out, modules] = process.argv.slice(2);
const load = createRequire(`${modules}/`);
const { App, Chart, Size } = load('cdk8s');
const kplus = load('cdk8s-plus-33');

mkdirSync(out, { recursive: true });
const app = new App({ outdir: out });
for (const environment of ['staging', 'production']) {
  const chart = new Chart(app, environment, { namespace: environment });
  const account = new kplus.ServiceAccount(chart, 'account', { automountToken: false });
  const config = new kplus.ConfigMap(chart, 'config', { data: { PORT: '3000', NODE_ENV: 'production' } });
  const container = {
    image: 'example/financial-service:1',
    portNumber: 3000,
    envFrom: [new kplus.EnvFrom(config)],
    resources: {
      cpu: { request: kplus.Cpu.millis(250), limit: kplus.Cpu.millis(500) },
      memory: { request: Size.mebibytes(512), limit: Size.mebibytes(512) },
    },
    liveness: kplus.Probe.fromHttpGet('/health/live', { port: 3000 }),
    readiness: kplus.Probe.fromHttpGet('/health/ready', { port: 3000 }),
    startup: kplus.Probe.fromHttpGet('/health/live', { port: 3000 }),
  };
  const web = new kplus.Deployment(chart, 'web', { serviceAccount: account, containers: [container] });
  web.exposeViaService();
  new kplus.HorizontalPodAutoscaler(chart, 'autoscaler', { target: web, minReplicas: 2, maxReplicas: 6 });
  new kplus.NetworkPolicy(chart, 'policy', { selector: web });
  const worker = { ...container, portNumber: undefined, liveness: undefined, readiness: undefined, startup: undefined };
  new kplus.Deployment(chart, 'worker', { serviceAccount: account, containers: [worker] });
}
app.synth();
