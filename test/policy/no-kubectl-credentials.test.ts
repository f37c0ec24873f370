import { noKubectlCredentials } from '../../src/policy/rules/no-kubectl-credentials';
import { testRule, yaml } from '../support/rule-tester';

testRule(noKubectlCredentials, {
  allowed: {
    'commands that only look, or only try': yaml`
      # README.md
      kubectl get pods -A
      kubectl apply --dry-run=server -f ferry.yaml
      ssh kube@192.0.2.10 'kubectl get kustomizations -n flux-system'`,
    'a password that is asked for, a variable, a placeholder': yaml`
      # scripts/node.sh
      sshpass -p "$PASSWORD" ssh kube@192.0.2.10
      psql --password
      curl -u "$USER:$TOKEN" https://ferry.example.org
      curl postgres://ferry:<password>@db.example.org/ferry
      ssh kube@192.0.2.10 (credential withheld)`,
    'a file that nobody types from': yaml`
      # notes.txt
      kubectl apply -f ferry.yaml`,
  },
  refused: {
    'a cluster changed by hand, twice': [
      yaml`
      # docs/README.md
      Run this first:
      kubectl -n ferry apply -f ferry.yaml
      then kubectl rollout restart deployment/ferry`,
      `
      docs/README.md:3: no-kubectl-credentials (info)
        what   kubectl apply, and 1 more command like it
        where  docs/README.md
        why    Flux undoes what is changed by hand at its next run, or keeps nothing of it on a new cluster
        fix    commit the change, and let Flux apply it; before there is a Flux it may stand`,
    ],
    'a login with its password, in a table': [
      yaml`
      # README.md
      | SSH | kube@192.0.2.10 Tr0ub4dor |`,
      `
      README.md:2: no-kubectl-credentials
        what   an SSH login with its password
        where  README.md
        why    whoever can read the repository, or its history, has it for good
        fix    take it out, change the password, and let the command ask for it or read it from a file`,
    ],
    'a password behind sshpass': [
      yaml`
      # scripts/node.sh
      sshpass -p Tr0ub4dor ssh kube@192.0.2.10 uptime`,
      `
      scripts/node.sh:2: no-kubectl-credentials
        what   a password behind sshpass
        where  scripts/node.sh
        why    whoever can read the repository, or its history, has it for good
        fix    take it out, change the password, and let the command ask for it or read it from a file`,
    ],
    'a password in an address': [
      yaml`
      # .github/workflows/deploy.yml
      run: pg_dump postgres://ferry:Tr0ub4dor@db.example.org/ferry`,
      `
      .github/workflows/deploy.yml:2: no-kubectl-credentials (warning)
        what   a password in an address
        where  .github/workflows/deploy.yml
        why    whoever can read the repository, or its history, has it for good
        fix    take it out, change the password, and let the command ask for it or read it from a file`,
    ],
  },
});
