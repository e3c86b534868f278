// Decides what runs: replicas, probes, rollout and shutdown of the web process and the workers.
import type { ServiceSettings, WorkerSettings } from '../model/settings';
import { staticHealthPath } from './build-static';
import type { Decisions } from './decisions';
import { nodeHealthCommand, processAliveCommand, processHealthCommand, webHealthCheck } from './health-command';
import { planProcess, resourcesOf, temporaryFolder } from './resources';
import { planRollout } from './rollout';
import type { ProbePlan, ProbesPlan, ScaleSignal, ShutdownPlan, WorkloadPlan } from './types';

// Endpoints are withdrawn from proxies within seconds; until then a closed port would drop requests:
// https://aws.github.io/aws-eks-best-practices/networking/loadbalancing/
const preStopSeconds = 10;
const marginSeconds = 5;
const scaleDownStabilizationSeconds = 300;

function planShutdown(drainSeconds: number, from: string, preStop: number, decisions: Decisions): ShutdownPlan {
  return {
    preStopSeconds: preStop,
    drainSeconds,
    terminationGraceSeconds: decisions.decide(preStop + Math.ceil(drainSeconds) + marginSeconds, {
      path: 'terminationGraceSeconds',
      unit: 's',
      from,
      by: 'rule',
      why: `preStop ${preStop} + drain ${Math.ceil(drainSeconds)} + margin ${marginSeconds}: grace counts from the start of preStop`,
      source: 'https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination',
    }),
  };
}

function webProbes(settings: ServiceSettings, decisions: Decisions): ProbesPlan {
  const http = settings.http;
  const site = settings.runtime.static !== null;
  const ready = site ? staticHealthPath : (http?.readyPath ?? '/ready');
  const live = site ? staticHealthPath : (http?.livePath ?? '/live');
  const startup = http?.startupSeconds ?? 60;
  const period = 5;
  const liveness: ProbePlan['check'] = live === ready ? { kind: 'tcp' } : { kind: 'http', path: live };
  return {
    startup: {
      check: { kind: 'http', path: ready },
      periodSeconds: period,
      timeoutSeconds: 3,
      failureThreshold: decisions.decide(Math.max(3, Math.ceil(startup / period)), {
        path: 'probes.startup.failureThreshold',
        from: 'http.startup',
        by: 'rule',
        why: `${startup} s from start to ready, asked every ${period} s`,
      }),
    },
    readiness: { check: { kind: 'http', path: ready }, periodSeconds: period, timeoutSeconds: 3, failureThreshold: 3 },
    liveness: {
      check: liveness,
      periodSeconds: 10,
      timeoutSeconds: 5,
      failureThreshold: decisions.decide(3, {
        path: 'probes.liveness.failureThreshold',
        by: 'rule',
        why:
          liveness.kind === 'tcp'
            ? 'one health path was declared: readiness asks it, liveness only opens the port, since restarting does not mend a dependency'
            : 'half a minute without an answer of its own, no dependency asked: then only a restart helps',
        source: 'https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/',
      }),
    },
  };
}

const workerProbe = (command: readonly string[], failureThreshold: number, periodSeconds: number): ProbePlan => ({
  check: { kind: 'command', command },
  periodSeconds,
  timeoutSeconds: 5,
  failureThreshold,
});

function webSignals(settings: ServiceSettings): ScaleSignal[] {
  if (settings.scale.min === settings.scale.max) return [];
  const signals: ScaleSignal[] = [{ kind: 'cpu', utilizationPercent: settings.scale.cpuPercent }];
  if (settings.scale.memoryPercent !== null)
    signals.push({ kind: 'memory', utilizationPercent: settings.scale.memoryPercent });
  return signals;
}

/** The web workload; null for a service without an HTTP server. */
export function planWeb(settings: ServiceSettings, decisions: Decisions): WorkloadPlan | null {
  const { http, runtime } = settings;
  if (http === null && runtime.static === null) return null;
  const site = runtime.static !== null;
  const process = site
    ? { resources: resourcesOf(settings.size), heapMiB: null, environment: [], writableFolders: [temporaryFolder] }
    : planProcess(settings.size, 'size', runtime, decisions);
  const drain = http?.drainSeconds ?? 30;
  const port = http?.port ?? 8080;
  return {
    name: settings.name,
    declaredName: settings.name,
    component: 'web',
    command: null,
    port: decisions.decide(port, {
      path: 'port',
      from: 'http.port',
      why: 'nginx-unprivileged listens on 8080',
      whyDefault: true,
    }),
    metricsPath: http?.metrics?.path ?? null,
    ...process,
    probes: webProbes(settings, decisions),
    healthCheck:
      site || http === null
        ? null
        : {
            ...webHealthCheck,
            command: nodeHealthCommand(http.port, http.readyPath),
            startPeriodSeconds: Math.ceil(http.startupSeconds),
          },
    scale: {
      minReplicas: decisions.decide(settings.scale.min, {
        path: 'scale.minReplicas',
        unit: 'replicas',
        from: 'scale.min',
        why: `tier ${settings.tier}`,
        whyDefault: true,
      }),
      maxReplicas: decisions.decide(settings.scale.max, {
        path: 'scale.maxReplicas',
        unit: 'replicas',
        from: 'scale.max',
        why: 'twice the fewest',
        whyDefault: true,
      }),
      signals: webSignals(settings),
      scaleDownStabilizationSeconds,
    },
    rollout: planRollout(settings.scale, settings.deploy, decisions),
    shutdown: planShutdown(drain, 'http.drain', preStopSeconds, decisions),
    disruption: { maxUnavailable: 1 },
    zoneSpread: 'ScheduleAnyway',
  };
}

/** Where the lag of the service's consumers is measured. */
export interface LagSource {
  /** Empty: every topic of the group. */
  readonly topics: readonly string[];
  readonly group: string;
  /** Empty when only the secret store knows the host: then nothing can measure it. */
  readonly bootstrapServers: string;
  readonly authentication: Extract<ScaleSignal, { kind: 'kafka-lag' }>['authentication'];
  readonly authority: Extract<ScaleSignal, { kind: 'kafka-lag' }>['authority'];
}

/** A worker. `lag` is null for a service that needs no broker. */
export function planWorker(
  worker: WorkerSettings,
  settings: ServiceSettings,
  lag: LagSource | null,
  decisions: Decisions,
): WorkloadPlan {
  const from = `workers.${worker.name}`;
  const scaled = worker.min !== worker.max;
  const signals: ScaleSignal[] = [];
  if (scaled && worker.kafkaLag !== null) {
    signals.push({
      kind: 'kafka-lag',
      messagesPerReplica: worker.kafkaLag,
      topics: lag?.topics ?? [],
      consumerGroup: lag?.group ?? settings.name,
      bootstrapServers: lag?.bootstrapServers ?? '',
      authentication: lag?.authentication ?? null,
      authority: lag?.authority ?? null,
    });
  } else if (scaled) {
    signals.push({ kind: 'cpu', utilizationPercent: worker.cpuPercent });
  }
  return {
    name: `${settings.name}-${worker.name}`,
    declaredName: worker.name,
    component: 'worker',
    command: worker.command,
    port: null,
    metricsPath: null,
    ...planProcess(worker.size, `${from}.size`, settings.runtime, decisions),
    probes: {
      startup: workerProbe(processHealthCommand, 12, 5),
      readiness: workerProbe(processHealthCommand, 3, 10),
      liveness: workerProbe(processAliveCommand, 3, 20),
    },
    healthCheck: {
      command: processAliveCommand,
      intervalSeconds: 10,
      timeoutSeconds: 5,
      startPeriodSeconds: 10,
      retries: 3,
    },
    scale: {
      minReplicas: decisions.decide(worker.min, {
        path: 'scale.minReplicas',
        unit: 'replicas',
        from: `${from}.scale.min`,
        why: 'a second one works while the first is replaced',
        whyDefault: true,
      }),
      maxReplicas: decisions.decide(worker.max, {
        path: 'scale.maxReplicas',
        unit: 'replicas',
        from: `${from}.scale.max`,
        why: 'twice the fewest',
        whyDefault: true,
      }),
      signals,
      scaleDownStabilizationSeconds,
    },
    rollout: planRollout(worker, 'rolling', decisions),
    // No endpoint to withdraw: the signal may come at once.
    shutdown: planShutdown(worker.drainSeconds, `${from}.drain`, 0, decisions),
    disruption: { maxUnavailable: 1 },
    zoneSpread: 'ScheduleAnyway',
  };
}
