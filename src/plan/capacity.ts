// Decides the class of each resource from the connections that all processes open at the worst moment, with the arithmetic.
import type { ResourceClass } from '../catalog/kind';
import { dataSizeGiB, type Use } from './bindings';
import type { Decisions } from './decisions';
import { replicasAtPeak } from './rollout';
import type { BindingPlan, JobPlan, MigrationPlan, WorkloadPlan } from './types';

export interface Running {
  readonly workloads: readonly WorkloadPlan[];
  readonly jobs: readonly JobPlan[];
  readonly migration: MigrationPlan | null;
}

export interface Peak {
  readonly connections: number;
  readonly arithmetic: string;
}

/** Connections of a pool in every process that may exist at once: rollout surge, jobs and migration counted. */
export function connectionsAtPeak(pool: number, { workloads, jobs, migration }: Running): Peak {
  const terms = workloads.map(({ name, rollout, scale }) => {
    const replicas = replicasAtPeak(rollout, scale.maxReplicas);
    const spelled =
      rollout.strategy === 'blue-green'
        ? `2 × ${scale.maxReplicas} replicas`
        : `(${scale.maxReplicas} replicas + ${rollout.maxSurge} surge)`;
    return { connections: replicas * pool, text: `${spelled} × pool ${pool} = ${replicas * pool} from ${name}` };
  });
  if (jobs.length > 0)
    terms.push({
      connections: jobs.length * pool,
      text: `${jobs.length} ${jobs.length === 1 ? 'job' : 'jobs'} × ${pool} = ${jobs.length * pool}`,
    });
  if (migration !== null) terms.push({ connections: pool, text: `1 migration × ${pool} = ${pool}` });
  const connections = terms.reduce((sum, term) => sum + term.connections, 0);
  return { connections, arithmetic: `${terms.map(({ text }) => text).join(', ')}: ${connections} connections` };
}

/** An output that holds the pool: `{pool}` itself, or a part of the URL. */
function tellsPool({ need, kind, runs, values }: Use): boolean {
  const outputs = Object.values(need.env ?? kind.defaultVariables);
  return outputs.some((output) => {
    const text = kind.outputs[output]?.text[runs] ?? '';
    return text.includes('{pool}') || (text.includes('{poolQuery}') && values.poolQuery !== '');
  });
}

const classes: readonly ResourceClass[] = ['small', 'medium', 'large'];

function classOf(use: Use, peak: Peak | null, decisions: Decisions): ResourceClass {
  const note = { path: 'class', from: undefined };
  if (use.runs === 'container')
    return decisions.decide('small', { path: note.path, by: 'rule', why: 'a laptop runs one process of everything' });
  if (use.declaredClass !== null)
    return decisions.decide(use.declaredClass, {
      path: note.path,
      by: 'platform',
      why: `backing.${use.need.kind}.class of the platform`,
    });
  if (peak === null || use.pooled)
    return decisions.decide('medium', {
      path: note.path,
      by: 'default',
      why: use.pooled ? 'a pooler keeps the connections to the server few' : 'no pool to measure it by',
    });
  const fitting = classes.find(
    (name) =>
      (use.kind.classes[name].connections ?? Number.POSITIVE_INFINITY) - use.kind.reservedConnections >=
      peak.connections,
  );
  return decisions.decide(fitting ?? 'large', {
    path: note.path,
    by: 'rule',
    from: `needs.${use.need.key}.pool`,
    why: `the smallest class whose connections, less ${use.kind.reservedConnections} reserved, carry ${peak.arithmetic}`,
  });
}

/** What the platform may declare so that fewer connections do; null where that is so already, or where there is no pooler. */
const poolingOffer = ({ kind, pooled, runs }: Use): string | null =>
  kind.pooler === null || pooled || (runs !== 'operator' && runs !== 'aws')
    ? null
    : `backing.${kind.kind}.${kind.pooler.declared.key}: ${kind.pooler.declared.value}`;

/** The resolved need: class, connections and recovery, decided. */
export function planBinding(use: Use, running: Running, decisions: Decisions): BindingPlan {
  const below = decisions.below(`bindings.${use.need.key}`);
  const pool =
    use.pool === null
      ? null
      : below.decide(use.pool, {
          path: 'poolSize',
          unit: 'connections',
          from: `needs.${use.need.key}.pool`,
          why: `default of ${use.kind.title}`,
          whyDefault: true,
        });
  const peak = pool === null ? null : connectionsAtPeak(pool, running);
  const resourceClass = classOf(use, peak, below);
  const facts = use.kind.classes[resourceClass];
  const recovery = use.kind.recovery(use.need.parameters)[use.runs];
  const sizeGiB = dataSizeGiB(use);
  const restoreSeconds =
    recovery === null
      ? null
      : recovery.restoreFixedSeconds + Math.ceil(((sizeGiB ?? 0) * 1024) / recovery.restoreMiBPerSecond);
  if (peak !== null) {
    below.decide(peak.connections, {
      path: 'connectionsAtPeak',
      unit: 'connections',
      from: `needs.${use.need.key}.pool`,
      by: 'rule',
      why: peak.arithmetic,
    });
  }
  if (recovery !== null) {
    below.decide(recovery.recoveryPointSeconds, {
      path: 'recoveryPointSeconds',
      unit: 's',
      by: 'rule',
      why: recovery.method,
      source: recovery.source,
    });
    below.decide(restoreSeconds, {
      path: 'restoreSeconds',
      unit: 's',
      by: 'rule',
      why: `${recovery.restoreFixedSeconds} s + ${sizeGiB ?? 0} GiB at ${recovery.restoreMiBPerSecond} MiB/s`,
      source: recovery.source,
    });
  }
  return {
    key: use.need.key,
    kind: use.need.kind,
    instance: use.instance,
    host: use.host,
    port: use.port,
    runs: use.runs,
    class: resourceClass,
    version: use.version,
    endOfLife: use.kind.versions[use.version] ?? null,
    poolSize: pool,
    poolInjected: pool === null || tellsPool(use),
    connectionLimit: facts.connections,
    pooled: use.pooled,
    poolingOffer: poolingOffer(use),
    reservedConnections: use.kind.reservedConnections,
    connectionsAtPeak: peak?.connections ?? null,
    connectionArithmetic: peak?.arithmetic ?? null,
    owns: use.kind.owns(use.need.parameters, use.context),
    recoveryPointSeconds: recovery?.recoveryPointSeconds ?? null,
    restoreSeconds,
    recoveryMethod: recovery?.method ?? null,
    dataSizeGiB: recovery === null ? null : sizeGiB,
    values: use.values,
    optional: use.need.optional,
  };
}
