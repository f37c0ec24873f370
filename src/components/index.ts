import { ClusterSecrets, type FluxRepo } from '../flux';
import { Backup } from './backup';
import { BackupJobs } from './backup-jobs';
import { BackupMonitoring } from './backup-monitoring';
import { CertManager } from './cert-manager';
import { CertManagerConfig } from './cert-manager-config';
import { CertManagerNetworkPolicies } from './cert-manager-network-policies';
import { Cilium } from './cilium';
import { CiliumConfig } from './cilium-config';
import { CiliumMonitoring } from './cilium-monitoring';
import { DataMonitoring } from './data-monitoring';
import { DatabaseOperators } from './database-operators';
import { EnvoyGateway } from './envoy-gateway';
import { EnvoyGatewayConfig } from './envoy-gateway-config';
import { GatekeeperConfig } from './gatekeeper-config';
import { GatekeeperConstraintTemplates } from './gatekeeper-constraint-templates';
import { GatekeeperMonitoring } from './gatekeeper-monitoring';
import { GatekeeperSystem } from './gatekeeper-system';
import { GatewayApiCrds } from './gateway-api-crds';
import { Kyverno } from './kyverno';
import { KyvernoConfig } from './kyverno-config';
import { KyvernoMonitoring } from './kyverno-monitoring';
import { KyvernoNetworkPolicies } from './kyverno-network-policies';
import { Linkerd } from './linkerd';
import { LinkerdConfig } from './linkerd-config';
import { LinkerdMonitoring } from './linkerd-monitoring';
import { LinkerdViz } from './linkerd-viz';
import { LocalCertManagerConfig } from './local-cert-manager-config';
import { LonghornSystem } from './longhorn-system';
import { Mongodb } from './mongodb';
import { PrometheusStack } from './monitoring';
import { Netcorp } from './netcorp';
import { NetcorpMonitoring } from './netcorp-monitoring';
import { NfsProvisioner } from './nfs-provisioner';
import { Postgre } from './postgre';
import { Rabbitmq } from './rabbitmq';
import { Redis } from './redis';
import { Reloader } from './reloader';
import { StrapiPostgres } from './strapi-postgres';
import { TrivyMonitoring } from './trivy-monitoring';
import { TrivySystem } from './trivy-system';
import { Velero } from './velero';

/** Every component, by the name of its file. */
export type Components = ReturnType<typeof components>;

/** Every component, built once; each cluster deploys those it wants. The one place that knows how they are wired together. */
export function components(repo: FluxRepo) {
  const longhornSystem = new LonghornSystem(repo);
  const databaseOperators = new DatabaseOperators(repo);
  const linkerd = new Linkerd(repo);
  const envoyGatewayConfig = new EnvoyGatewayConfig(repo);
  const gatekeeperConstraintTemplates = new GatekeeperConstraintTemplates(repo);
  const postgre = new Postgre(repo, { databaseOperators });
  const strapiPostgres = new StrapiPostgres(repo, { databaseOperators });
  const redis = new Redis(repo, { longhornSystem });
  const rabbitmq = new Rabbitmq(repo, { databaseOperators, longhornSystem });
  const mongodb = new Mongodb(repo, { longhornSystem });
  return {
    backup: new Backup(repo),
    backupJobs: new BackupJobs(repo, { postgre, strapiPostgres, mongodb, redis }),
    backupMonitoring: new BackupMonitoring(repo),
    certManager: new CertManager(repo),
    certManagerConfig: new CertManagerConfig(repo),
    certManagerNetworkPolicies: new CertManagerNetworkPolicies(repo),
    cilium: new Cilium(repo),
    ciliumConfig: new CiliumConfig(repo),
    ciliumMonitoring: new CiliumMonitoring(repo),
    clusterSecrets: new ClusterSecrets(repo),
    dataMonitoring: new DataMonitoring(repo, { databaseOperators, postgre, strapiPostgres, redis, rabbitmq, mongodb }),
    databaseOperators,
    envoyGateway: new EnvoyGateway(repo),
    envoyGatewayConfig,
    gatekeeperConfig: new GatekeeperConfig(repo, { templates: gatekeeperConstraintTemplates }),
    gatekeeperConstraintTemplates,
    gatekeeperMonitoring: new GatekeeperMonitoring(repo),
    gatekeeperSystem: new GatekeeperSystem(repo),
    gatewayApiCrds: new GatewayApiCrds(repo),
    kyverno: new Kyverno(repo),
    kyvernoConfig: new KyvernoConfig(repo),
    kyvernoMonitoring: new KyvernoMonitoring(repo),
    kyvernoNetworkPolicies: new KyvernoNetworkPolicies(repo),
    linkerd,
    linkerdConfig: new LinkerdConfig(repo),
    linkerdMonitoring: new LinkerdMonitoring(repo),
    linkerdViz: new LinkerdViz(repo, { linkerd }),
    localCertManagerConfig: new LocalCertManagerConfig(repo),
    longhornSystem,
    mongodb,
    monitoring: new PrometheusStack(repo),
    netcorp: new Netcorp(repo, { postgre, redis, rabbitmq, mongodb, strapiPostgres, linkerd, envoyGatewayConfig }),
    netcorpMonitoring: new NetcorpMonitoring(repo),
    nfsProvisioner: new NfsProvisioner(repo),
    postgre,
    rabbitmq,
    redis,
    reloader: new Reloader(repo),
    strapiPostgres,
    trivyMonitoring: new TrivyMonitoring(repo),
    trivySystem: new TrivySystem(repo),
    velero: new Velero(repo),
  };
}
