// Decides how Prometheus reads pods of a mesh that refuses plain text: with a certificate of the mesh.
import type { EnvironmentFacts, PlatformFacts } from '../model/platform-facts';

/** A class of the Prometheus Operator that monitors name: https://prometheus-operator.dev/docs/developer/scrapeclass/ */
export const meshScrapeClass = 'istio-mtls';

/** Null where pods speak plain HTTP. */
export const scrapeClassIn = ({ mesh }: PlatformFacts, { runs }: Pick<EnvironmentFacts, 'runs'>): string | null =>
  runs === 'kubernetes' && mesh === 'istio' ? meshScrapeClass : null;
