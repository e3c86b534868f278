// Makes the plan of one environment from its settings.

import { authorityName } from '../catalog/certificates';
import type { PlatformFacts } from '../model/platform-facts';
import type { EnvironmentModel, ServiceModel } from '../model/service-model';
import type { ServiceSettings } from '../model/settings';
import { planBacking } from './backing-containers';
import { migrationVariables, type Use, usesOf } from './bindings';
import { planBinding } from './capacity';
import type { Decisions } from './decisions';
import { planExposure } from './exposure';
import { repositoryOf } from './identity';
import { planJob, planMigration } from './jobs';
import { planMonitoring } from './monitoring';
import { monitoringNamespace, planNetwork } from './network';
import { capacityKey } from './spot';
import { tracingVariables } from './tracing';
import { planTrust, trustedBy } from './trust';
import type { EnvironmentPlan, WorkloadPlan } from './types';
import { planVariables, secretFolder } from './variables';
import { type LagSource, planWeb, planWorker } from './workloads';

/** One of everything is enough on a laptop. */
function onLaptop(settings: ServiceSettings): ServiceSettings {
  return {
    ...settings,
    scale: { ...settings.scale, min: 1, max: 1 },
    deploy: 'rolling',
    workers: settings.workers.map((worker) => ({ ...worker, min: 1, max: 1 })),
  };
}

function lagOf(settings: ServiceSettings, uses: readonly Use[]): LagSource | null {
  const kafka = uses.find((use) => use.need.kind === 'kafka');
  if (kafka === undefined) return null;
  const { platform, environment } = kafka.context;
  return {
    topics: (kafka.values.consumes ?? '').split(',').filter((topic) => topic !== ''),
    group: kafka.values.group ?? settings.name,
    bootstrapServers: kafka.hostSecret ? '' : `${kafka.host}:${kafka.port}`,
    authentication: kafka.kind.authenticates[kafka.runs]
      ? {
          username: kafka.values.user ?? settings.name,
          remoteKey: `${secretFolder(platform, environment, settings.name)}/${kafka.instance}`,
          remoteProperty: 'password',
        }
      : null,
    authority: kafka.kind.signedBy[kafka.runs] === 'platform' ? authorityName(platform) : null,
  };
}

function planWorkloads(settings: ServiceSettings, uses: readonly Use[], decisions: Decisions): WorkloadPlan[] {
  const lag = lagOf(settings, uses);
  const web = planWeb(settings, decisions.below(`workloads.${settings.name}`));
  return [
    ...(web === null ? [] : [web]),
    ...settings.workers.map((worker) =>
      planWorker(worker, settings, lag, decisions.below(`workloads.${settings.name}-${worker.name}`)),
    ),
  ];
}

/** The service's own promise, the platform's where it makes none; null when neither does. */
function promisedRecovery(settings: ServiceSettings, platform: PlatformFacts): EnvironmentPlan['recovery'] {
  const rpoSeconds = settings.recovery.rpoSeconds ?? platform.recovery.rpoSeconds;
  const rtoSeconds = settings.recovery.rtoSeconds ?? platform.recovery.rtoSeconds;
  return rpoSeconds === null && rtoSeconds === null ? null : { rpoSeconds, rtoSeconds };
}

export function planEnvironment(
  service: ServiceModel,
  environment: EnvironmentModel,
  decisions: Decisions,
): EnvironmentPlan {
  const { facts } = environment;
  const { platform } = service;
  const compose = facts.runs === 'compose';
  const settings = compose ? onLaptop(environment.settings) : environment.settings;
  const uses = usesOf(settings, platform, facts);
  const trust = planTrust(settings, platform, facts, uses);
  const trusting = trustedBy(trust);
  const workloads = planWorkloads(settings, uses, decisions).map(trusting);
  const jobs = settings.jobs.map((job) =>
    trusting(planJob(job, settings, decisions.below(`jobs.${settings.name}-${job.name}`))),
  );
  const planned = planMigration(settings, decisions.below('migration'));
  const migration = planned === null ? null : trusting(planned);
  const bindings = uses.map((use) => planBinding(use, { workloads, jobs, migration }, decisions));
  const exposure = compose ? null : planExposure(settings, platform, decisions);
  const tracing = tracingVariables(settings, platform, facts, monitoringNamespace, decisions);
  const injected = planVariables(settings, platform, facts, uses, tracing);
  const backing = compose ? planBacking(uses, settings.name) : { containers: [], secrets: [] };
  const identity = uses.some((use) => use.kind.cloudIdentity && use.runs === 'aws');
  return {
    name: facts.name,
    runs: facts.runs,
    namespace: compose ? settings.name : facts.namespace,
    cluster: facts.cluster,
    account: facts.account,
    region: compose ? null : facts.region,
    podRole: identity ? `${platform.name}-${facts.name}-${settings.name}` : null,
    spot:
      facts.account !== null && !compose && platform.aws.spot.includes(settings.tier)
        ? { key: capacityKey, value: 'spot' }
        : null,
    priorityClassName: platform.declared && !compose ? `${platform.name}-${settings.tier}` : null,
    laptop: { pidsLimit: 1024, logFileMB: 10, logFiles: 3 },
    workloads,
    jobs,
    migration,
    variables: injected.variables,
    migrationVariables: migration === null ? [] : migrationVariables(uses),
    duplicateVariables: injected.duplicates,
    secretSources: [...injected.secrets, ...backing.secrets],
    secretStore: {
      name: platform.name,
      kind: 'ClusterSecretStore',
      refreshInterval: '1h',
      // EKS Pod Identity mounts below /run/secrets in a cluster, and nothing can be mounted inside a read-only volume.
      mountPath: compose ? '/run/secrets' : `/run/secrets/${settings.name}`,
      secretName: `${settings.name}-secrets`,
    },
    trust,
    bindings,
    backing: backing.containers,
    network: planNetwork(settings, platform, facts, uses, identity),
    exposure,
    requests:
      settings.http === null
        ? null
        : { timeoutSeconds: settings.http.timeoutSeconds, drainSeconds: settings.http.drainSeconds },
    promises: {
      availability: settings.objectives.availability,
      latency: settings.objectives.latency,
      throughputPerSecond: settings.objectives.throughputPerSecond,
    },
    config: settings.config.map(({ name, value }) => ({ name, value })),
    calls: settings.calls.map(({ name }) => name),
    bodyLimitDeclared: settings.http?.public?.bodyLimitDeclared ?? false,
    publishedPort: compose ? (settings.http?.publish ?? null) : null,
    monitoring: planMonitoring(
      settings,
      platform,
      facts,
      {
        workloads,
        jobs,
        migration,
        exposure,
        uses,
        repository: repositoryOf(service),
        folder: settings.runtime.workspace ?? '.',
      },
      decisions,
    ),
    quota: facts.quota,
    recovery: promisedRecovery(settings, platform),
    overrides: settings.overrides,
  };
}
