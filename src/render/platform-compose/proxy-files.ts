// Turns the proxy's plan into proxy.yaml and nginx.conf: nginx before the services, and the exporter of its metrics.
import { createHash } from 'node:crypto';
import type { LaptopPlan } from '../../plan/types/platform';
import { after, secretsFirst } from '../shared/compose/dependencies';
import { publishedNetwork, secretsFolder, unprivileged } from '../shared/compose/fixed';
import { joined, networksBetween, networksInto } from '../shared/compose/networks';
import { certificateMount } from '../shared/compose/secrets';
import { bind, type ComposeService, healthcheck, imageName, laidOut, limits, tmpfs } from '../shared/compose/service';
import type { GeneratedFile } from '../shared/generated-file';
import { renderTemplate } from '../shared/template';
import { composeFile, environmentFile, networksOf, proxyFolder } from './layout';
import { proxyView } from './proxy-view';

export const proxyService = 'proxy';
const exporterService = 'proxy-exporter';

/** In the container; nginx reads what is relative from the folder of nginx.conf. */
const configurationPath = '/etc/nginx/nginx.conf';
const certificatesPath = '/etc/nginx/certificates';
const cachePath = '/tmp/cache';

/** A change of a mounted file does not reach a running container: this label makes compose create it anew. */
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);

const local = (published: number, target: number) => ({
  target,
  published: String(published),
  host_ip: '127.0.0.1',
  protocol: 'tcp',
});

function proxy(laptop: LaptopPlan, configuration: string): ComposeService {
  const { image, user, listen, httpPort, httpsPort, cacheMiB, temporaryMiB, request, limit } = laptop.proxy;
  const writable = (name: string, path: string, sizeMiB: number) => ({ name, path, sizeMiB, executable: false });
  return laidOut({
    image: imageName(image),
    entrypoint: ['nginx', '-e', 'stderr', '-c', configurationPath],
    ...unprivileged,
    user,
    labels: { 'groundwork.configuration': hashOf(configuration) },
    ports: [local(httpPort, listen.http), local(httpsPort, listen.https)],
    networks: [...networksBetween(laptop.networks, proxyService), publishedNetwork],
    depends_on: secretsFirst(true),
    healthcheck: healthcheck(laptop.proxy.healthCheck),
    restart: 'unless-stopped',
    stop_grace_period: `${laptop.proxy.stopGraceSeconds}s`,
    volumes: [
      bind(`./${proxyFolder}/nginx.conf`, configurationPath, false),
      certificateMount(`./${secretsFolder}`, proxyService, certificatesPath),
    ],
    tmpfs: tmpfs([writable('tmp', '/tmp', temporaryMiB), writable('cache', cachePath, cacheMiB)], user),
    ...limits(laptop.limits, request, limit),
  });
}

function exporter(laptop: LaptopPlan): Readonly<Record<string, ComposeService>> {
  const { exporter: plan, listen } = laptop.proxy;
  if (plan === null) return {};
  return {
    [exporterService]: laidOut({
      image: imageName(plan.image),
      command: [
        `--nginx.scrape-uri=http://${proxyService}:${listen.status}/stub_status`,
        `--web.listen-address=:${plan.port}`,
      ],
      ...unprivileged,
      user: plan.user,
      ...joined(networksBetween(laptop.networks, exporterService)),
      depends_on: after(proxyService, 'service_healthy'),
      restart: 'unless-stopped',
      ...limits(laptop.limits, plan.request, plan.limit),
    }),
  };
}

export function proxyFiles(laptop: LaptopPlan): readonly GeneratedFile[] {
  const configuration = renderTemplate('platform-compose/nginx.conf', proxyView(laptop));
  const services = { [proxyService]: proxy(laptop, configuration), ...exporter(laptop) };
  return [
    composeFile(
      laptop,
      'proxy.yaml',
      {
        services,
        networks: networksOf(
          laptop,
          Object.keys(services).flatMap((name) => networksInto(laptop.networks, name)),
        ),
      },
      {
        [`services.${proxyService}`]:
          'The one way in, at 127.0.0.1: TLS, limits and headers before every public path. It waits for no service: it asks for the address anew.',
        [`services.${proxyService}.volumes`]: `Certificate and key by the development authority of ${secretsFolder}/ca.crt.`,
        ...(laptop.proxy.exporter === null
          ? {}
          : {
              [`services.${exporterService}`]:
                "Turns nginx' stub_status into metrics; its image has nothing to ask for its health with.",
            }),
      },
    ),
    environmentFile(laptop, `${proxyFolder}/nginx.conf`, configuration, 'hash'),
  ];
}
