// The actions that a workflow may use, each at one commit, and the versions of the tools that they fetch.

/** A full commit, and the release it was read for: a tag can be moved, a commit cannot. */
export interface ActionPin {
  readonly sha: string;
  /** The release's exact tag, written beside the commit and compared with it by zizmor's `ref-version-mismatch`. */
  readonly version: string;
}

/**
 * Peeled commits of releases, collected in November 2026. «tag»: read from the tag in the action's own repository;
 * «pins»: several independent public workflows agree on commit and version.
 */
export const actionPins = {
  // https://github.com/actions/attest, tag and pins. Also makes provenance: attest-build-provenance only wraps it since v4.
  'actions/attest': { sha: '1e69f48acb82d1966a394da916b4c1698aa569d6', version: 'v4.2.2' },
  // https://github.com/actions/checkout, tag and pins.
  'actions/checkout': { sha: '3d3c42e5aac5ba805825da76410c181273ba90b1', version: 'v7.0.1' },
  // https://github.com/actions/dependency-review-action, pins.
  'actions/dependency-review-action': { sha: 'a1d282b36b6f3519aa1f3fc636f609c47dddb294', version: 'v5.0.0' },
  // https://github.com/actions/download-artifact, pins.
  'actions/download-artifact': { sha: '9000827ccba6bdab643e8b6fd33ac0654aef8333', version: 'v8.0.2' },
  // https://github.com/actions/setup-node, pins.
  'actions/setup-node': { sha: '949feb2413d6458794dcd2491c4babbbce0c15c1', version: 'v7.1.0' },
  // https://github.com/actions/upload-artifact, pins.
  'actions/upload-artifact': { sha: 'cf430e030ddbb5b0abf93d22962f4752f3646cd9', version: 'v7.0.2' },
  // https://github.com/anchore/sbom-action, pins.
  'anchore/sbom-action': { sha: '66cbf4bc1f1c0d2edc94016e65bc221b6bb0ad6c', version: 'v0.24.3' },
  // https://github.com/aquasecurity/trivy-action, tag and pins. 76 of its 77 tags were moved to malware on
  // 2026-03-19 (CVE-2026-33634, GHSA-69fq-xp46-6x23); v0.35.0 and later are not among them.
  'aquasecurity/trivy-action': { sha: 'ed142fd0673e97e23eac54620cfb913e5ce36c25', version: 'v0.36.0' },
  // https://github.com/aws-actions/configure-aws-credentials, pins.
  'aws-actions/configure-aws-credentials': { sha: 'e1253824e5c10ff9df46874f81ed3ec929e19cfd', version: 'v6.3.0' },
  // https://github.com/Azure/setup-kubectl, tag and pins.
  'azure/setup-kubectl': { sha: '829323503d1be3d00ca8346e5391ca0b07a9ab0d', version: 'v5.1.0' },
  // https://github.com/docker/build-push-action, pins.
  'docker/build-push-action': { sha: 'c3c9e263c25d99ce0380d002d59b67737d91b0dc', version: 'v7.4.0' },
  // https://github.com/docker/login-action, pins.
  'docker/login-action': { sha: 'dbcb813823bdd20940b903addbd779551569679f', version: 'v4.6.0' },
  // https://github.com/docker/setup-buildx-action, pins.
  'docker/setup-buildx-action': { sha: 'f87e5991a6d7451dcb8d9637bfbc97413f497069', version: 'v4.4.1' },
  // https://github.com/github/codeql-action, pins. init and analyze must be of one commit, so they share this entry.
  'github/codeql-action': { sha: '2892aa5e19bbd11bc0cff5427e3b750a04d9e3c2', version: 'v4.38.2' },
  // https://github.com/ossf/scorecard-action, tag and pins.
  'ossf/scorecard-action': { sha: '2d1146689b8cda280b9bc96326124645441f03bc', version: 'v2.4.4' },
  // https://github.com/slackapi/slack-github-action, tag and pins.
  'slackapi/slack-github-action': { sha: 'dcb1066f776dd043e64d0e8ba94ca15cc7e1875d', version: 'v4.0.0' },
} as const satisfies Readonly<Record<string, ActionPin>>;

export type ActionName = keyof typeof actionPins;

/**
 * The image that builds images. setup-buildx-action would take the moving tag buildx-stable-1.
 * https://github.com/moby/buildkit, release of the same name.
 */
export const buildkitVersion = 'v0.33.0';

/** Loads public services before production. https://github.com/grafana/k6/releases, as a Go module: go.k6.io/k6. */
export const k6 = { module: 'go.k6.io/k6', version: 'v1.4.2' } as const;
