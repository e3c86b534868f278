// Spells promises and amounts of the plan for people.
import type { EnvironmentPlan } from '../../plan/types';
import type { PublicRoutePlan } from '../../plan/types/platform';

/** `8 GiB`, `512 MiB`. */
export const memoryWords = (mebibytes: number): string =>
  mebibytes >= 1024 && mebibytes % 1024 === 0 ? `${mebibytes / 1024} GiB` : `${mebibytes} MiB`;

export const cpuWords = (millis: number): string => (millis % 1000 === 0 ? `${millis / 1000} CPU` : `${millis}m CPU`);

/** `15 min`, `90 s`. */
export const timeWords = (seconds: number): string => {
  if (seconds >= 86_400 && seconds % 86_400 === 0) return `${seconds / 86_400} d`;
  if (seconds >= 3600 && seconds % 3600 === 0) return `${seconds / 3600} h`;
  if (seconds >= 60 && seconds % 60 === 0) return `${seconds / 60} min`;
  return seconds < 1 ? `${Math.round(seconds * 1000)} ms` : `${seconds} s`;
};

/** Two digits after the point at most. */
const rate = (perSecond: number): string => `${Math.round(perSecond * 100) / 100} requests/s`;

/** Each promise with its name; empty when nothing is promised. */
export function promiseWords({ promises, recovery }: EnvironmentPlan): (readonly [string, string])[] {
  const { availability, latency, throughputPerSecond } = promises;
  const { rpoSeconds = null, rtoSeconds = null } = recovery ?? {};
  return [
    ...(availability === null ? [] : [['availability', availability] as const]),
    ...latency.map(({ percentile, thresholdSeconds }) => [`p${percentile}`, timeWords(thresholdSeconds)] as const),
    ...(throughputPerSecond === null ? [] : [['throughput', rate(throughputPerSecond)] as const]),
    ...(rpoSeconds === null ? [] : [['loss at most (RPO)', timeWords(rpoSeconds)] as const]),
    ...(rtoSeconds === null ? [] : [['back within (RTO)', timeWords(rtoSeconds)] as const]),
  ];
}

export const addressOf = ({ host, path }: PublicRoutePlan): string => `https://${host}${path}`;

/** What the door lets through. */
export function routeWords({ bodyLimitBytes, rateLimit, requestTimeoutSeconds, websockets }: PublicRoutePlan): string {
  return [
    ...(rateLimit === null ? [] : [`${rateLimit.requests} requests per ${rateLimit.unit.toLowerCase()} and client`]),
    ...(bodyLimitBytes === null ? [] : [`bodies up to ${memoryWords(Math.round(bodyLimitBytes / 1_048_576))}`]),
    ...(requestTimeoutSeconds === 0 ? [] : [`${timeWords(requestTimeoutSeconds)} at most`]),
    ...(websockets ? ['websockets'] : []),
  ].join(', ');
}
