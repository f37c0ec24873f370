import { Component, type FluxRepo } from '../flux';
import { ConstraintTemplate } from '../manifests';

/** The containers of a pod. A field that is missing counts as empty. */
const CONTAINERS = `package lib.containers

all contains container if {
  some field in ["containers", "initContainers", "ephemeralContainers"]
  some container in input.review.object.spec[field]
}

# An ephemeral container cannot state resources.
with_resources contains container if {
  some field in ["containers", "initContainers"]
  some container in input.review.object.spec[field]
}
`;

/** Images that a constraint leaves alone: exactly, or by a prefix that ends in a star. */
const EXEMPT_IMAGES = `package lib.exempt_images

exempt(image) if {
  some pattern in object.get(input.parameters, "exemptImages", [])
  matches(image, pattern)
}

matches(image, pattern) if image == pattern

matches(image, pattern) if {
  endswith(pattern, "*")
  startswith(image, trim_suffix(pattern, "*"))
}
`;

/**
 * The rules that constraints apply. Kinds and parameters are those of the public gatekeeper-library, whose constraints
 * therefore fit; the Rego is ours.
 */
export class GatekeeperConstraintTemplates extends Component<'gatekeeper-constraint-templates', 'gatekeeper-system'> {
  readonly requiredLabels;
  readonly allowedRepos;
  readonly disallowedTags;
  readonly blockNodePort;
  readonly requiredResources;

  constructor(repo: FluxRepo) {
    super(repo, 'gatekeeper-constraint-templates', {
      provides: { groups: ['constraints.gatekeeper.sh'] }, // Gatekeeper's audit pod makes the CRDs once it has compiled the templates
    });

    this.requiredLabels = new ConstraintTemplate(this, 'k8srequiredlabels', {
      kind: 'K8sRequiredLabels',
      parameters: {
        type: 'object',
        required: ['labels'],
        properties: {
          message: { type: 'string', description: 'Said instead of the names of what is missing' },
          labels: {
            type: 'array',
            items: {
              type: 'object',
              required: ['key'],
              properties: {
                key: { type: 'string' },
                allowedRegex: { type: 'string', description: 'What the value must match; any value if left out' },
              },
            },
          },
        },
      },
      rego: `package k8srequiredlabels

violation contains {"msg": msg, "details": {"missing_labels": missing}} if {
  given := {key | some key, _ in object.get(input.review.object.metadata, "labels", {})}
  wanted := {label.key | some label in input.parameters.labels}
  missing := wanted - given
  count(missing) > 0
  msg := object.get(input.parameters, "message", sprintf("labels are missing: %v", [concat(", ", missing)]))
}

violation contains {"msg": msg} if {
  some label in input.parameters.labels
  pattern := label.allowedRegex
  value := input.review.object.metadata.labels[label.key]
  not regex.match(pattern, value)
  msg := object.get(input.parameters, "message", sprintf("label %v is %q and must match %v", [label.key, value, pattern]))
}
`,
    });

    this.allowedRepos = new ConstraintTemplate(this, 'k8sallowedrepos', {
      kind: 'K8sAllowedRepos',
      parameters: {
        type: 'object',
        required: ['repos'],
        properties: {
          repos: {
            type: 'array',
            description: 'Prefixes of image names; each ends in a slash, or evil.example would pass for evil.example.org',
            items: { type: 'string' },
          },
        },
      },
      libs: [CONTAINERS],
      rego: `package k8sallowedrepos

import data.lib.containers

violation contains {"msg": msg} if {
  some container in containers.all
  not strings.any_prefix_match(container.image, input.parameters.repos)
  msg := sprintf("container %v: image %v is not from %v", [container.name, container.image, concat(" or ", input.parameters.repos)])
}
`,
    });

    this.disallowedTags = new ConstraintTemplate(this, 'k8sdisallowedtags', {
      kind: 'K8sDisallowedTags',
      parameters: {
        type: 'object',
        required: ['tags'],
        properties: {
          tags: { type: 'array', items: { type: 'string' } },
          exemptImages: { type: 'array', description: 'Image names, or prefixes that end in a star', items: { type: 'string' } },
        },
      },
      libs: [CONTAINERS, EXEMPT_IMAGES],
      rego: `package k8sdisallowedtags

import data.lib.containers
import data.lib.exempt_images

violation contains {"msg": msg} if {
  some container in containers.all
  not exempt_images.exempt(container.image)
  some tag in input.parameters.tags
  tag_of(container.image) == tag
  msg := sprintf("container %v: image %v has the tag %v", [container.name, container.image, tag])
}

# Only after the last slash: a colon before it belongs to the registry's port. A digest says which image it is, whatever the tag.
tag_of(image) := split(name, ":")[1] if {
  name := last_part(image)
  contains(name, ":")
  not contains(name, "@")
}

# What the kubelet adds where there is no tag.
tag_of(image) := "latest" if {
  name := last_part(image)
  not contains(name, ":")
}

last_part(image) := parts[count(parts) - 1] if parts := split(image, "/")
`,
    });

    this.blockNodePort = new ConstraintTemplate(this, 'k8sblocknodeport', {
      kind: 'K8sBlockNodePort',
      rego: `package k8sblocknodeport

violation contains {"msg": msg} if {
  input.review.object.spec.type == "NodePort"
  msg := "a Service of type NodePort opens its port on every node, past the Gateway"
}
`,
    });

    this.requiredResources = new ConstraintTemplate(this, 'k8srequiredresources', {
      kind: 'K8sRequiredResources',
      parameters: {
        type: 'object',
        properties: {
          limits: { type: 'array', items: { type: 'string', enum: ['cpu', 'memory'] } },
          requests: { type: 'array', items: { type: 'string', enum: ['cpu', 'memory'] } },
          exemptImages: { type: 'array', description: 'Image names, or prefixes that end in a star', items: { type: 'string' } },
        },
      },
      libs: [CONTAINERS, EXEMPT_IMAGES],
      rego: `package k8srequiredresources

import data.lib.containers
import data.lib.exempt_images

violation contains {"msg": msg} if {
  some container in containers.with_resources
  not exempt_images.exempt(container.image)
  some kind in ["limits", "requests"]
  wanted := {resource | some resource in object.get(input.parameters, kind, [])}
  given := {resource | some resource, _ in object.get(container, ["resources", kind], {})}
  missing := wanted - given
  count(missing) > 0
  msg := sprintf("container %v has no %v for %v", [container.name, kind, concat(", ", missing)])
}
`,
    });
  }
}
