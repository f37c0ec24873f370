// refused: 'secretname' does not exist in type 'CertificateSpec'. Did you mean to write 'secretName'?
import { Certificate } from '../../src/manifests';
import { postgre } from './fixture';

new Certificate(postgre, 'tls', { spec: { secretname: 'tls', issuerRef: { name: 'cluster-ca' } } });
