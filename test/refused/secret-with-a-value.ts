// refused: Type '"hunter2"' is not assignable to type 'Origin'
import { Component, type FluxRepo } from '../../src/flux';

export class Own extends Component<'own'> {
  constructor(repo: FluxRepo) {
    super(repo, 'own');
    this.secret('own-database', { password: 'hunter2' });
  }
}
