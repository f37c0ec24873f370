// The oracle: what Flux itself makes of a folder. It reads one case a line, JSON, and answers each with one line.
//
// It calls the functions that kustomize-controller calls, in the same order: the generator of kustomization.yaml, the guarded build, the
// substitution of variables object by object, and the reading of what is to be applied. Only the API server is left out: ConfigMaps and
// Secrets that variables come from are part of the case.
package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/fluxcd/pkg/kustomize"
	"github.com/fluxcd/pkg/ssa/utils"
	corev1 "k8s.io/api/core/v1"
	apierrors "k8s.io/apimachinery/pkg/api/errors"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"sigs.k8s.io/controller-runtime/pkg/client"
)

// question is one case. The tree is either in it or on the disk; one on the disk is left as it was.
type question struct {
	Files   map[string]string            `json:"files"`
	Dir     string                       `json:"dir"`
	Path    string                       `json:"path"`
	Spec    map[string]any               `json:"spec"`
	Strict  *bool                        `json:"strict"`
	Sources map[string]map[string]string `json:"sources"` // "ConfigMap/name" or "Secret/name": its data, in clear
}

type answer struct {
	Objects []map[string]any `json:"objects"`
	Error   string           `json:"error,omitempty"`
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "merge-keys" {
		writeMergeKeys(os.Stdout)
		return
	}
	log.SetOutput(io.Discard)
	if devNull, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0); err == nil {
		os.Stderr = devNull // kustomize prints its deprecations there
	}
	out := bufio.NewWriter(os.Stdout)
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<28)
	for in.Scan() {
		var asked question
		decoder := json.NewDecoder(bytes.NewReader(in.Bytes()))
		said := answer{}
		if err := decoder.Decode(&asked); err != nil {
			said.Error = "oracle: " + err.Error()
		} else if objects, err := ask(asked); err != nil {
			said.Error = err.Error()
		} else {
			said.Objects = objects
		}
		line, err := json.Marshal(said)
		if err != nil {
			line, _ = json.Marshal(answer{Error: "oracle: " + err.Error()})
		}
		out.Write(append(line, '\n'))
		out.Flush()
	}
}

func ask(asked question) (objects []map[string]any, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("panic: %v", cause)
		}
	}()
	root := asked.Dir
	if root == "" {
		if root, err = os.MkdirTemp("", "oracle-"); err != nil {
			return nil, err
		}
		defer os.RemoveAll(root)
		for path, text := range asked.Files {
			file := filepath.Join(root, path)
			if err = os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				return nil, err
			}
			if err = os.WriteFile(file, []byte(text), 0o644); err != nil {
				return nil, err
			}
		}
	}
	if root, err = filepath.EvalSymlinks(root); err != nil {
		return nil, err
	}
	folder := filepath.Join(root, asked.Path)
	if info, err := os.Stat(folder); err != nil || !info.IsDir() {
		return nil, fmt.Errorf("kustomization path not found: %s", asked.Path)
	}
	spec := asked.Spec
	if spec == nil {
		spec = map[string]any{}
	}
	object := unstructured.Unstructured{Object: map[string]any{
		"apiVersion": "kustomize.toolkit.fluxcd.io/v1",
		"kind":       "Kustomization",
		"metadata":   map[string]any{"name": "case", "namespace": "flux-system"},
		"spec":       spec,
	}}
	defer func() {
		if err != nil {
			err = fmt.Errorf("%s", strings.ReplaceAll(err.Error(), root, ""))
		}
	}()

	action, err := kustomize.NewGenerator(root, object).WriteFile(folder, kustomize.WithSaveOriginalKustomization())
	defer kustomize.CleanDirectory(folder, action)
	if err != nil {
		return nil, err
	}
	resources, err := kustomize.SecureBuild(root, folder, false)
	if err != nil {
		return nil, err
	}
	strict := asked.Strict == nil || *asked.Strict
	for _, resource := range resources.Resources() {
		if _, declared := spec["postBuild"]; declared {
			substituted, err := kustomize.SubstituteVariables(context.Background(), sources{data: asked.Sources}, object, resource, kustomize.SubstituteWithStrict(strict))
			if err != nil {
				return nil, fmt.Errorf("post build failed for '%s': %w", resource.GetName(), err)
			}
			if substituted != nil {
				if _, err = resources.Replace(substituted); err != nil {
					return nil, err
				}
			}
		}
	}
	text, err := resources.AsYaml()
	if err != nil {
		return nil, err
	}
	read, err := utils.ReadObjects(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	objects = []map[string]any{}
	for _, each := range read {
		objects = append(objects, each.Object)
	}
	return objects, nil
}

// sources stands in for the API server: it only knows how to get the ConfigMaps and Secrets of a case.
type sources struct {
	client.Client
	data map[string]map[string]string
}

func (s sources) Get(_ context.Context, key client.ObjectKey, into client.Object, _ ...client.GetOption) error {
	switch into := into.(type) {
	case *corev1.ConfigMap:
		if data, found := s.data["ConfigMap/"+key.Name]; found {
			into.Data = data
			return nil
		}
		return apierrors.NewNotFound(schema.GroupResource{Resource: "configmaps"}, key.Name)
	case *corev1.Secret:
		if data, found := s.data["Secret/"+key.Name]; found {
			into.Data = map[string][]byte{}
			for name, value := range data {
				into.Data[name] = []byte(value)
			}
			return nil
		}
		return apierrors.NewNotFound(schema.GroupResource{Resource: "secrets"}, key.Name)
	}
	return fmt.Errorf("oracle: no such kind %T", into)
}

