// Brings the platform into its cluster: by Argo CD where that delivers, otherwise by the services' own deployment scripts.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { failure, look, read, root, say } from './commands.mjs';
import { verify } from './verify.mjs';

const chosen = ({ kubernetes }, { service }) =>
  service === null ? kubernetes.services : kubernetes.services.filter((each) => each.service === service);

/** How a service is taken over is declared, since the Rollout, the quota and the connections are made for it. */
export function refuseStrategy(environment, strategy, options) {
  const others = chosen(environment, options).filter((each) => each.strategy !== strategy);
  if (others.length === 0) return;
  const found = others.map((each) => `${each.service} (${each.strategy})`).join(', ');
  throw failure(
    `in ${environment.name} these are not taken over by ${strategy}: ${found}. ` +
      'It is declared, not chosen while deploying: set deploy in service.yaml, or leave out --strategy.',
    2,
  );
}

/** Address of the public gateway in this very cluster: its host may lead elsewhere, or nowhere yet. */
async function gatewayOf({ gateway }) {
  const { name, namespace } = gateway;
  const address = ['--output', 'jsonpath={.status.addresses[0].value}'];
  return read(['kubectl', '--namespace', namespace, 'get', 'gateways.gateway.networking.k8s.io', name, ...address]);
}

export async function deployKubernetes({ environment, plan, options, changer }) {
  const { kubernetes } = environment;
  const { change, attempt, dryRun } = changer;
  const services = chosen(environment, options);
  const byArgo = kubernetes.delivery === 'argo-cd';
  const seconds = String(kubernetes.waitSeconds);

  const verifyNow = async () => {
    if (dryRun) {
      for (const { host, path } of environment.checks) say(`would ask: https://${host}${path}`);
      return;
    }
    if (environment.checks.length === 0) return;
    await verify(
      environment.checks,
      { address: await gatewayOf(kubernetes), port: 443, authority: null },
      plan.verification,
    );
  };

  const sync = async (application, wait = seconds) => {
    await change(['argocd', 'app', 'sync', application, '--timeout', wait]);
    return attempt(['argocd', 'app', 'wait', application, '--sync', '--health', '--operation', '--timeout', wait]);
  };

  const rollBackScript = (service) => change(['sh', 'platform/gitops/rollback.sh', service, environment.name]);

  /** What git holds for an environment on the branch that Argo CD follows; null before the first release. */
  const released = async ({ releaseFile }, name) => {
    const file = releaseFile.replace(`/${environment.name}/`, () => `/${name}/`);
    const { code, text } = await look(['git', 'show', `origin/${kubernetes.revision}:${file}`]);
    return code === 0 ? (/"digest": *"(sha256:[0-9a-f]{64})"/.exec(text)?.[1] ?? null) : null;
  };

  /** The digest in git, by a pull request where it is another one; a gate is a person who merges it. */
  const promote = async (service) => {
    const from = options.digest ?? environment.before;
    if (from === null) {
      say(`${environment.name} comes first: its digest is what the workflow of ${service.service} proposed there`);
      return;
    }
    await change(['sh', 'platform/gitops/promote.sh', service.service, from, environment.name]);
    if (dryRun) return;
    await change(['git', 'fetch', '--quiet', 'origin', kubernetes.revision]);
    const wanted = options.digest ?? (await released(service, environment.before));
    if ((await released(service, environment.name)) !== wanted)
      throw failure(
        `the pull request with the new digest of ${service.service} waits to be merged: then run this again`,
        3,
      );
  };

  const deployByArgo = async () => {
    const delivered = services.filter(({ application }) => application !== null);
    if (options.service !== null) {
      if (delivered.length === 0)
        throw failure(
          `${options.service} is in another repository: its own workflow brings it to ${environment.name}`,
          2,
        );
      await promote(delivered[0]);
    } else if (!(await sync(kubernetes.application))) {
      throw failure(
        'what the services stand on is not healthy; it is mended forward, since data stores do not go back',
      );
    }
    const touched = [];
    try {
      for (const { service, application, waitSeconds } of delivered) {
        const { code } = await look(['argocd', 'app', 'get', application, '--output', 'name']);
        if (code !== 0) {
          say(`${service} was never released to ${environment.name}: left out`);
          continue;
        }
        touched.push(service);
        if (!(await sync(application, String(waitSeconds)))) throw failure(`${service} did not become healthy`);
      }
      await verifyNow();
    } catch (error) {
      say(`\n${error.message}\n\n== Return to what ran before`);
      for (const service of touched.slice(-1)) await rollBackScript(service);
      if (touched.length === 0) throw error;
      throw failure(`the new version is not healthy; ${touched.at(-1)} was returned to the one before`);
    }
  };

  const deployByScript = async () => {
    if (options.service === null) {
      const text = await read(['kubectl', 'kustomize', kubernetes.manifests]);
      await change(['kubectl', 'apply', '--server-side', '--filename', '-'], { input: text });
      say('services are brought by digest, one at a time: --service NAME --digest sha256:…');
      await verifyNow();
      return;
    }
    const [service] = services;
    if (service.folder === null)
      throw failure(
        `${service.service} is in another repository: its own workflow brings it to ${environment.name}`,
        2,
      );
    if (options.digest === null)
      throw failure('say which image: --digest sha256:…, as the workflow of the service published it', 2);
    const state = mkdtempSync(join(tmpdir(), 'deploy-'));
    const variables = {
      ...Object.fromEntries(service.variables.map(({ name, value }) => [name, value])),
      DIGEST: options.digest,
      RUNNER_TEMP: state,
    };
    const inService = { cwd: join(root, service.folder), variables };
    const step = (word) => change(['bash', 'scripts/ci/deploy.sh', word], inService);
    try {
      for (const word of ['render', 'record', 'configure', ...(service.hasMigration ? ['migrate'] : [])])
        await step(word);
      try {
        for (const word of ['roll-out', 'smoke-test']) await step(word);
        await verifyNow();
      } catch (error) {
        say(`\n${error.message}\n\n== Return to what ran before`);
        await step('roll-back');
        throw failure('the new version is not healthy; what ran before runs again');
      }
    } finally {
      rmSync(state, { recursive: true, force: true });
    }
  };

  return {
    backup: async () => {
      const namespace = ['kubectl', '--namespace', kubernetes.dataNamespace];
      const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
      for (const name of kubernetes.backups) {
        const job = `${name}-${stamp}`;
        await change([...namespace, 'create', 'job', job, `--from=cronjob/${name}`]);
        await change([
          ...namespace,
          'wait',
          `job/${job}`,
          '--for',
          'condition=Complete',
          '--timeout',
          `${plan.backupSeconds}s`,
        ]);
      }
      if (kubernetes.backups.length === 0) say('no data store of this cluster is backed up by a job');
    },
    deploy: byArgo ? deployByArgo : deployByScript,
    rollBack: async () => {
      if (options.service === null) throw failure('say which service returns: --rollback --service NAME', 2);
      if (byArgo) await rollBackScript(options.service);
      else
        for (const [kind, names] of [
          ['deployment', 'DEPLOYMENTS'],
          ['rollout', 'ROLLOUTS'],
        ]) {
          const values = Object.fromEntries(services[0].variables.map(({ name, value }) => [name, value]));
          const undo = kind === 'rollout' ? ['kubectl', 'argo', 'rollouts', 'undo'] : ['kubectl', 'rollout', 'undo'];
          for (const name of values[names].split(' ').filter(Boolean))
            await change([...undo, kind === 'rollout' ? name : `${kind}/${name}`, '--namespace', values.NAMESPACE]);
        }
      await verifyNow();
    },
  };
}
