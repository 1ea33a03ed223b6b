// Package deploy_test holds the files beside it against the formats that they are
// written in.
package deploy_test

import (
	"context"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/compose-spec/compose-go/v2/cli"
	appsv1 "k8s.io/api/apps/v1"
	corev1 "k8s.io/api/core/v1"
	networkingv1 "k8s.io/api/networking/v1"
	policyv1 "k8s.io/api/policy/v1"
	"sigs.k8s.io/yaml"
)

// TestCompose reads the file as Docker Compose does, which holds it against the schema
// of the specification.
func TestCompose(t *testing.T) {
	o, err := cli.NewProjectOptions([]string{"cluster/compose.yaml"}, cli.WithEnv([]string{"DISCORD_TOKEN=x", "DOMAIN=x", "STORE_KEY=x", "STORE_SECRET=x"}), cli.WithName("attache"))
	if err != nil {
		t.Fatal(err)
	}
	project, err := o.LoadProject(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"node1", "node2", "node3", "etcd1", "etcd2", "etcd3", "store", "balancer"} {
		s, err := project.GetService(name)
		if err != nil {
			t.Errorf("%v; there are %v", err, project.ServiceNames())
			continue
		}
		for _, v := range s.Volumes {
			if _, named := project.Volumes[v.Source]; !named && v.Type == "volume" {
				t.Errorf("%s has the volume %s, which is none", name, v.Source)
			}
			if v.Type == "bind" {
				if _, err := os.Stat(v.Source); err != nil {
					t.Errorf("%s mounts what isn't there: %v", name, err)
				}
			}
		}
		if strings.HasPrefix(name, "node") && s.Hostname != name {
			t.Errorf("%s is called %s among the nodes", name, s.Hostname)
		}
	}
	data, err := os.ReadFile("cluster/.env.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, variable := range []string{"DISCORD_TOKEN", "DOMAIN", "STORE_KEY", "STORE_SECRET"} {
		if !strings.Contains(string(data), "\n"+variable+"=") {
			t.Errorf("the example of the environment lacks %s", variable)
		}
	}
}

// TestKubernetes reads each object as what it says it is: a field that its type
// doesn't have, or of another kind, is an error.
func TestKubernetes(t *testing.T) {
	data, err := os.ReadFile("cluster/kubernetes.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	var nodes appsv1.StatefulSet
	services := map[string]corev1.Service{}
	for document := range strings.SplitSeq(string(data), "\n---\n") {
		var is struct{ Kind string }
		if err := yaml.Unmarshal([]byte(document), &is); err != nil {
			t.Fatal(err)
		}
		var service corev1.Service
		into := map[string]any{"ConfigMap": &corev1.ConfigMap{}, "StatefulSet": &nodes, "Service": &service,
			"Ingress": &networkingv1.Ingress{}, "PodDisruptionBudget": &policyv1.PodDisruptionBudget{}}[is.Kind]
		if into == nil {
			t.Fatalf("an object is a %q", is.Kind)
		}
		if err := yaml.UnmarshalStrict([]byte(document), into); err != nil {
			t.Errorf("%s: %v", is.Kind, err)
		}
		kinds = append(kinds, is.Kind)
		services[service.Name] = service
	}
	if want := []string{"ConfigMap", "StatefulSet", "Service", "Service", "Ingress", "PodDisruptionBudget"}; !slices.Equal(kinds, want) {
		t.Errorf("the objects are %v, want %v", kinds, want)
	}
	pod := nodes.Spec.Template
	if _, ok := services[nodes.Spec.ServiceName]; !ok {
		t.Errorf("the nodes name the service %s, which is none", nodes.Spec.ServiceName)
	}
	for name, s := range services {
		for key, value := range s.Spec.Selector {
			if pod.Labels[key] != value {
				t.Errorf("the service %s looks for %s=%s", name, key, value)
			}
		}
	}
	mounts := map[string]bool{}
	for _, v := range pod.Spec.Volumes {
		mounts[v.Name] = true
	}
	for _, v := range nodes.Spec.VolumeClaimTemplates {
		mounts[v.Name] = true
	}
	c := pod.Spec.Containers[0]
	for _, m := range c.VolumeMounts {
		if !mounts[m.Name] {
			t.Errorf("the container mounts %s, which is none", m.Name)
		}
	}
	if c.ReadinessProbe == nil || c.ReadinessProbe.HTTPGet.Path != "/healthz" {
		t.Error("nothing asks whether a node is ready")
	}
}
