// refused: this kind has no such field
import type { Certificate } from '../../src/manifests';

declare const certificate: Certificate;
certificate.remove(['spec', 'secretNames']);
