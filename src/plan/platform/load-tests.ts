// Decides the load test of each public service from its promises.
import { decimal, ratio, subtract, text } from '../alerts/decimal';
import type { EnvironmentPlan } from '../types';
import type { LoadTestPlan, PublicRoutePlan } from '../types/platform';
import { type PlannedService, servicesIn } from './input';

/** As long as the short window of the fast alert: an objective that breaks in it pages somebody. https://sre.google/workbook/alerting-on-slos/ */
const durationSeconds = 300;
/** Where no latency is promised. */
const assumedSeconds = 1;
/** Where no availability is promised: one request in a hundred. */
const assumedAvailability = '99%';
/** A service that is so many times slower than promised has failed the test before users run out. */
const usersFactor = 4;
const perMinute = { Second: 60, Minute: 1, Hour: 1 / 60 } as const;

const rounded = (value: number): string => String(Math.round(value * 100) / 100);

function planOne(service: string, environment: EnvironmentPlan, routes: readonly PublicRoutePlan[]): LoadTestPlan[] {
  const { promises } = environment;
  const asked = routes.filter((route) => route.service === service && !route.websockets);
  const [first] = asked;
  if (first === undefined || promises.throughputPerSecond === null) return [];
  const promised = Math.max(1, Math.round(promises.throughputPerSecond * 60));
  const limit =
    first.rateLimit === null ? null : Math.floor(first.rateLimit.requests * perMinute[first.rateLimit.unit]);
  const requestsPerMinute = limit === null ? promised : Math.max(1, Math.min(promised, limit));
  const samples = asked.flatMap((route) => route.samples);
  const bound = promises.latency.find(({ percentile }) => percentile === 95) ?? promises.latency[0];
  const seconds = bound?.thresholdSeconds ?? assumedSeconds;
  const preAllocatedUsers = Math.max(1, Math.ceil((requestsPerMinute / 60) * seconds));
  return [
    {
      service,
      environment: environment.name,
      host: first.host,
      paths: samples.length > 0 ? samples : asked.map(({ path }) => path),
      errorFrom: samples.length > 0 ? 400 : 500,
      requestsPerMinute,
      durationSeconds,
      latency: promises.latency.map(({ percentile, thresholdSeconds }) => ({
        percentile,
        milliseconds: Math.round(thresholdSeconds * 1000),
      })),
      errorRatioText: text(subtract(decimal(1), ratio(promises.availability ?? assumedAvailability))),
      preAllocatedUsers,
      maxUsers: usersFactor * preAllocatedUsers,
      arithmetic: [
        limit !== null && limit < promised
          ? `${requestsPerMinute} requests per minute: one client address may send no more, although ${promised} are promised`
          : `${requestsPerMinute} requests per minute: the promised throughput`,
        `${rounded(requestsPerMinute / 60)}/s × ${seconds} s (${bound === undefined ? 'no latency is promised' : `p${bound.percentile}`}) = ${preAllocatedUsers} requests at once (Little's law)`,
        `${usersFactor} × ${preAllocatedUsers} users at most: a service that is ${usersFactor} times slower than promised has failed before`,
      ],
    },
  ];
}

/** In the last environment that nobody guards; `routes` are the public ones there. */
export function planLoadTests(
  services: readonly PlannedService[],
  environment: string | null,
  routes: readonly PublicRoutePlan[],
): LoadTestPlan[] {
  if (environment === null) return [];
  return servicesIn(services, environment).flatMap((there) => planOne(there.name, there.environment, routes));
}
