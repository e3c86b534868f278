// What Argo CD reads: it may touch exactly what is rendered, each service runs by digest, and gates hold.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { generatePlatform } from '../../src/generate-platform';
import { renderPlatformGitops } from '../../src/render/platform-gitops';
import { examplesFolder, generateFolder, servicesBelow } from '../support/platform-examples';

const outcome = generateFolder(path.join(examplesFolder, 'daorsagro'));
const { plan } = outcome;
if (plan === null || plan.argo === null) throw new Error('the example has no plan for Argo CD');
const argo = plan.argo;

// biome-ignore lint/suspicious/noExplicitAny: objects of any kind.
type Any = any;

const text = (file: string): string => {
  const found = outcome.files.find((one) => one.path === file);
  if (found === undefined) throw new Error(`no file ${file}`);
  return found.body;
};
const documents = (file: string): Any[] => parseAllDocuments(text(file)).map((document) => document.toJS());
const isManifest = (file: string): boolean => /\.yaml$/.test(file) && !file.endsWith('kustomization.yaml');
const groupOf = (apiVersion: string): string => (apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '');
const kindsOf = (objects: readonly Any[]): string[] =>
  [...new Set(objects.map(({ apiVersion, kind }) => `${groupOf(apiVersion)}/${kind}`))].sort();
const listed = (kinds: readonly { readonly group: string; readonly kind: string }[]): string[] =>
  kinds.map(({ group, kind }) => `${group}/${kind}`).sort();

const projects = documents('platform/gitops/projects.yaml');
const project = (name: string): Any => projects.find(({ metadata }) => metadata.name === name)?.spec;

describe('projects', () => {
  const ofPlatform = outcome.files
    .filter((file) => file.path.startsWith('platform/kubernetes/') && isManifest(file.path))
    .flatMap((file) => documents(file.path))
    .filter((object) => typeof object?.kind === 'string');
  const ofServices = outcome.files
    .filter((file) => /(?:^|\/)deploy\/(?:base|overlays)\//.test(file.path) && isManifest(file.path))
    .flatMap((file) => documents(file.path));

  it('admit exactly the cluster-scoped kinds of platform/kubernetes', () => {
    const clusterScoped = ofPlatform.filter(({ metadata }) => metadata.namespace === undefined);
    expect(listed(project('daorsagro-platform').clusterResourceWhitelist)).toEqual(kindsOf(clusterScoped));
  });

  it('admit no more where less is rendered', () => {
    const root = path.join(examplesFolder, 'daorsagro');
    const declared = parse(readFileSync(path.join(root, 'platform.yaml'), 'utf8'));
    const less = generatePlatform({
      platform: {
        ...declared,
        policy: { calico: false },
        observability: { metrics: 'none', dashboards: 'none', logging: 'none', tracing: 'none' },
      },
      declaration: 'platform.yaml',
      services: servicesBelow(root),
    });
    const manifests = less.files
      .filter((file) => file.path.startsWith('platform/kubernetes/') && isManifest(file.path))
      .flatMap((file) => parseAllDocuments(file.body).map((document) => document.toJS()))
      .filter((object) => typeof object?.kind === 'string');
    expect(manifests.length).toBeGreaterThan(20);
    expect(listed(less.plan?.argo?.clusterKinds ?? [])).toEqual(
      kindsOf(manifests.filter(({ metadata }) => metadata.namespace === undefined)),
    );
  });

  it('deny no kind that the platform holds', () => {
    const denied = new Set(listed(project('daorsagro-platform').namespaceResourceBlacklist));
    expect(kindsOf(ofPlatform).filter((kind) => denied.has(kind))).toEqual([]);
  });

  it('admit every kind that a service has, and nothing of the cluster', () => {
    const admitted = new Set(listed(project('daorsagro').namespaceResourceWhitelist));
    expect(ofServices.length).toBeGreaterThan(50);
    expect(kindsOf(ofServices).filter((kind) => !admitted.has(kind))).toEqual([]);
    expect(project('daorsagro').clusterResourceWhitelist).toEqual([]);
    for (const kind of ['/Secret', '/ResourceQuota', 'rbac.authorization.k8s.io/Role', 'networking.istio.io/Gateway'])
      expect(admitted.has(kind)).toBe(false);
  });

  it('name the repositories, and the namespaces of each cluster', () => {
    for (const { spec } of projects) {
      expect(spec.sourceRepos).toEqual(['https://github.com/daorsagro/agro-main.git']);
      for (const destination of spec.destinations)
        expect(Object.keys(destination).filter((key) => key === 'name' || key === 'server')).toHaveLength(1);
    }
    expect(project('daorsagro').destinations).toEqual([
      { name: 'daorsagro-staging', namespace: 'daorsagro' },
      { name: 'daorsagro-production', namespace: 'daorsagro' },
    ]);
    const namespaces = (name: string): string[] =>
      project('daorsagro-platform')
        .destinations.filter((one: Any) => one.name === name)
        .map((one: Any) => one.namespace);
    for (const cluster of plan.clusters)
      expect(namespaces(cluster.cluster ?? '')).toEqual(
        [...cluster.namespaces.map(({ name }) => name), 'cert-manager'].sort(),
      );
  });
});

describe.each(argo.environments.map((environment) => [environment.name, environment] as const))(
  '%s',
  (name, planned) => {
    const [application] = documents(`platform/gitops/${name}/platform.yaml`);
    const [set] = documents(`platform/gitops/${name}/services.yaml`);
    const elements: Any[] = set.spec.generators[0].matrix.generators[0].list.elements;
    const { template } = set.spec;

    it('has every service, from an overlay that is generated', () => {
      expect(elements.map(({ service }) => service)).toEqual(outcome.services.map((service) => service.name));
      const paths = new Set(outcome.files.map((file) => file.path));
      for (const { overlay } of elements) expect([...paths]).toContain(`${overlay}/kustomization.yaml`);
      expect([...paths]).toContain(`${application.spec.source.path}/kustomization.yaml`);
    });

    it('runs an image by the digest of its release file only', () => {
      expect(set.spec.generators[0].matrix.generators[1].git.files).toEqual([
        { path: `platform/releases/${name}/{{ .service }}.json` },
      ]);
      expect(template.spec.source.kustomize.images).toEqual(['{{ .image }}@{{ .digest }}']);
      expect(set.spec.goTemplateOptions).toEqual(['missingkey=error']);
      for (const { service, image } of elements)
        expect(image).toBe(plan.services.find((one) => one.name === service)?.imageRepository);
    });

    it('syncs by itself unless it is gated', () => {
      const gated = plan.clusters.find((cluster) => cluster.name === name)?.gated;
      expect(planned.automated).toBe(!gated);
      for (const { syncPolicy } of [application.spec, template.spec]) {
        expect(syncPolicy.automated).toEqual(gated ? undefined : { prune: true, selfHeal: true });
        expect(syncPolicy.syncOptions).toContain('CreateNamespace=false');
        expect(syncPolicy.syncOptions).toContain('ServerSideApply=true');
      }
      expect(set.spec.syncPolicy.preserveResourcesOnDeletion).toBe(gated);
    });

    it('ignores the replicas of exactly those workloads whose number a controller sets', () => {
      const ignored = template.spec.ignoreDifferences.map((one: Any) => `${one.kind}/${one.name}`).sort();
      const expected = outcome.services.flatMap(({ plan: service }) =>
        service.environments
          .filter((environment) => environment.name === name)
          .flatMap(({ workloads }) => workloads)
          .flatMap(({ name: workload, scale, rollout }) => {
            const scaled = scale.signals.length > 0;
            const progressive = rollout.strategy !== 'rolling';
            return [
              ...(progressive || scaled ? [`Deployment/${workload}`] : []),
              ...(progressive && scaled ? [`Rollout/${workload}`] : []),
            ];
          }),
      );
      expect(ignored).toEqual(expected.sort());
    });

    it('applies what services stand on before them', () => {
      const wave = (object: Any): number => Number(object.metadata.annotations['argocd.argoproj.io/sync-wave']);
      expect(Math.max(...projects.map(wave))).toBeLessThan(wave(application));
      expect(wave(application)).toBeLessThan(wave(set));
    });
  },
);

describe('the analysis of a canary', () => {
  const templates = outcome.files.filter((file) => /deploy\/base\/analysis-template\.yaml$/.test(file.path));

  it('asks for the objective that the alerts page for, and stops at their threshold', () => {
    expect(templates.length).toBeGreaterThan(0);
    for (const file of templates) {
      const owner = outcome.services.find(({ folder }) => file.path.startsWith(`${folder}/deploy/`));
      const { metrics } = parse(file.body).spec;
      for (const metric of metrics) {
        const objective = owner?.plan.base.monitoring.objectives.find((one) => one.name === metric.name);
        const [fastest] = objective?.burnRates ?? [];
        expect(metric.provider.prometheus.query).toBe(objective?.errorRatioExpr);
        expect(metric.successCondition).toMatch(new RegExp(`<= ${fastest?.thresholdText}$`));
        const last = owner?.plan.environments.at(-1);
        expect(last?.monitoring.objectives.find((one) => one.name === metric.name)).toEqual(objective);
        const groups = last?.monitoring.groups ?? [];
        // The very ratio is what the recording rules keep, and the very threshold is what an alert that pages compares with.
        const recorded = groups.flatMap(({ recording }) => recording.map(({ expr }) => expr));
        expect(recorded).toContain(objective?.errorRatioExpr);
        const paging = groups.flatMap(({ alerts }) => alerts).filter(({ severity }) => severity === fastest?.severity);
        const bound = `> (${fastest?.factorText} * ${objective?.budgetText})`;
        expect(paging.some(({ expr }) => expr.includes(bound))).toBe(true);
        expect(Number(fastest?.factorText) * Number(objective?.budgetText)).toBeCloseTo(
          Number(fastest?.thresholdText),
          12,
        );
      }
    }
  });
});

describe('without Argo CD', () => {
  it('there is nothing', () => {
    expect(renderPlatformGitops({ ...plan, gitops: 'none', argo: null }, [])).toEqual([]);
  });
});
