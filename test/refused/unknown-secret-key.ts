// refused: '"pasword"' is not assignable to parameter of type '"password"'
import { Component, type FluxRepo } from '../../src/flux';

export class Own extends Component<'own'> {
  constructor(repo: FluxRepo) {
    super(repo, 'own');
    this.secret('own-database', { password: 'generated' }).key('pasword');
  }
}
