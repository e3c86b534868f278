// A search index by Amazon OpenSearch Service: class, nodes, disk, and what is paid.
import type { ManagedInput, ManagedKind } from '../managed';
import { hoursPerMonth } from '../prices';
import { instanceTypes } from '../prices/instance-types';
import { chooseType } from '../sizing';

export const opensearchClass = (input: Pick<ManagedInput, 'cpuMillis' | 'memoryMiB' | 'gated'>) =>
  chooseType(
    instanceTypes.opensearch,
    { ...input, connections: null, allowsBurstable: !input.gated },
    {
      usable: 1,
      source: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/sizing-domains.html',
      connections: null,
    },
  );

// "three dedicated master nodes", m6g.large up to 10 data nodes: https://docs.aws.amazon.com/opensearch-service/latest/developerguide/managedomains-dedicatedmasternodes.html
const masters = 3;
const masterOf = (gated: boolean): string => (gated ? 'm6g.large.search' : 't3.small.search');

export const managed: ManagedKind = {
  title: 'Amazon OpenSearch Service',
  documentation: 'https://docs.aws.amazon.com/opensearch-service/latest/developerguide/what-is.html',
  resource: (input) => {
    const { type, why } = opensearchClass(input);
    const nodes = input.highlyAvailable ? 3 : 1;
    const volume = Math.max(10, Math.ceil((input.storageMiB ?? 0) / 1024));
    const master = masterOf(input.gated);
    return {
      module: 'elasticsearch',
      inNetwork: true,
      variables: {
        engine_version: 'OpenSearch_2.19',
        instance_type: type.name,
        instances: nodes,
        master_type: master,
        volume_gib: volume,
      },
      why: `${why}. OpenSearch has the interface of Elasticsearch 7.10: Elastic's own client from version 7.14 on refuses it, so services speak through @opensearch-project/opensearch; what needs Elasticsearch ${input.version} itself is run by the operator, or as runs: external by Elastic Cloud`,
      instanceType: type.name,
      prices: [
        {
          item: type.name,
          quantity: nodes * hoursPerMonth,
          unit: 'hour',
          why: `${nodes} data nodes, ${hoursPerMonth} hours`,
        },
        {
          item: master,
          quantity: masters * hoursPerMonth,
          unit: 'hour',
          why: `${masters} nodes that elect a leader, ${hoursPerMonth} hours`,
        },
        {
          item: 'opensearch-gp3',
          quantity: nodes * volume,
          unit: 'GiB-month',
          why: `${volume} GiB for each data node`,
        },
      ],
    };
  },
};
