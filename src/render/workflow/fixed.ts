// Limits and names of every workflow that no declaration changes, each with its reason.

/** The GitHub environment that holds the webhook of Slack. Without reviewers: the news of a failure waits for nobody. */
export const notificationEnvironment = 'notifications';

/** Minutes. A step that hangs must not use up the six hours that GitHub allows. */
export const timeoutMinutes = {
  /** A comparison of two commits, or one message. */
  short: 5,
  /** Review of the lock file, by a service that answers in seconds. */
  review: 10,
  /** CodeQL without a build takes one to five minutes for a service; its first run loads the queries. */
  analysis: 30,
  /** The database of vulnerabilities is downloaded on every run. */
  scan: 15,
  publish: 15,
} as const;

/** Days. Artifacts only carry the image from job to job; the registry keeps it. */
export const artifactDays = 1;

/** Seconds. A search engine on a small runner takes the longest to start. */
export const testServicesSeconds = 180;

/** Where the image and its list of parts lie on a runner. */
export const imageFolder = 'image';
export const sbomFolder = 'sbom';
export const sbomFile = 'sbom.spdx.json';

/** Generated scripts, below the folder of the service. */
export const scriptsFolder = 'scripts/ci';
