// refused: 'redis' does not exist in type
import { Component, type FluxRepo } from '../../src/flux';

export class Own extends Component<'own', 'postgre'> {
  constructor(repo: FluxRepo) {
    super(repo, 'own', { because: { redis: 'its cache' } });
  }
}
