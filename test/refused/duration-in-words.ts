// refused: Type '"10 minutes"' is not assignable to type
import { Component, type FluxRepo } from '../../src/flux';

export class Own extends Component<'own'> {
  constructor(repo: FluxRepo) {
    super(repo, 'own', { timeout: '10 minutes' });
  }
}
