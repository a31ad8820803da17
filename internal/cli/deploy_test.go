package cli

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

const deploy = "../batch/deploy/"

// indexedJob is what of the Job's API deploy/indexed-job.yaml uses; a field by another name is an error.
type indexedJob struct {
	APIVersion string            `yaml:"apiVersion"`
	Kind       string            `yaml:"kind"`
	Metadata   map[string]string `yaml:"metadata"`
	Spec       struct {
		CompletionMode       string `yaml:"completionMode"`
		Completions          int    `yaml:"completions"`
		Parallelism          int    `yaml:"parallelism"`
		BackoffLimitPerIndex int    `yaml:"backoffLimitPerIndex"`
		PodFailurePolicy     struct {
			Rules []struct {
				Action      string `yaml:"action"`
				OnExitCodes *struct {
					ContainerName string `yaml:"containerName"`
					Operator      string `yaml:"operator"`
					Values        []int  `yaml:"values"`
				} `yaml:"onExitCodes"`
				OnPodConditions []map[string]string `yaml:"onPodConditions"`
			} `yaml:"rules"`
		} `yaml:"podFailurePolicy"`
		Template struct {
			Spec podSpec `yaml:"spec"`
		} `yaml:"template"`
	} `yaml:"spec"`
}

type podSpec struct {
	RestartPolicy string `yaml:"restartPolicy"`
	Grace         int    `yaml:"terminationGracePeriodSeconds"`
	Containers    []struct {
		Name         string                       `yaml:"name"`
		Image        string                       `yaml:"image"`
		Command      []string                     `yaml:"command"`
		Args         []string                     `yaml:"args"`
		Resources    map[string]map[string]string `yaml:"resources"`
		VolumeMounts []struct {
			Name      string `yaml:"name"`
			MountPath string `yaml:"mountPath"`
			ReadOnly  bool   `yaml:"readOnly"`
		} `yaml:"volumeMounts"`
	} `yaml:"containers"`
	Volumes []volume `yaml:"volumes"`
}

type volume struct {
	Name  string `yaml:"name"`
	Claim struct {
		Name     string `yaml:"claimName"`
		ReadOnly bool   `yaml:"readOnly"`
	} `yaml:"persistentVolumeClaim"`
}

func readJob(t *testing.T) *indexedJob {
	t.Helper()
	raw, err := os.ReadFile(deploy + "indexed-job.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var job indexedJob
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(&job); err != nil {
		t.Fatal(err)
	}
	return &job
}

// TestIndexedJob holds what the Job's API demands of a policy by index, and the exit codes to those of the program.
func TestIndexedJob(t *testing.T) {
	job := readJob(t)
	s, pod := &job.Spec, &job.Spec.Template.Spec
	if job.APIVersion != "batch/v1" || job.Kind != "Job" || s.CompletionMode != "Indexed" || s.Completions < 2 || s.Parallelism > s.Completions ||
		s.BackoffLimitPerIndex < 1 || pod.RestartPolicy != "Never" || len(pod.Containers) != 1 {
		t.Errorf("%+v", job)
	}
	var failed []int
	for _, r := range s.PodFailurePolicy.Rules {
		switch {
		case r.Action == "FailIndex" && r.OnExitCodes != nil && r.OnExitCodes.Operator == "In" && r.OnExitCodes.ContainerName == pod.Containers[0].Name:
			failed = append(failed, r.OnExitCodes.Values...)
		case r.Action == "Ignore" && len(r.OnPodConditions) == 1 && r.OnPodConditions[0]["type"] == "DisruptionTarget":
		default:
			t.Errorf("rule %+v", r)
		}
	}
	if !slices.Equal(failed, []int{exitData, exitUsage}) {
		t.Errorf("exit codes %v mark an index failed, want those that a new attempt does not mend", failed)
	}
	for _, m := range pod.Containers[0].VolumeMounts {
		if !slices.ContainsFunc(pod.Volumes, func(v volume) bool { return v.Name == m.Name }) {
			t.Errorf("no volume %s", m.Name)
		}
	}
}

// TestSchedulers runs the shards as the files for schedulers do, merges them, and compares with one run.
func TestSchedulers(t *testing.T) {
	if testing.Short() || runtime.GOOS == "windows" {
		t.Skip("runs shell scripts and many processes")
	}
	root, whole := writeDistrict(t, 12), t.TempDir()
	if code, _, stderr := run("batch", root, "-o", whole); code != exitGood {
		t.Fatal(stderr)
	}
	for name, shards := range map[string]func(t *testing.T, root, out string) []*exec.Cmd{
		"Kubernetes": kubernetesShards, "Slurm": slurmShards, "GNU parallel": parallelShards,
	} {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			bin := t.TempDir()
			write(t, filepath.Join(bin, "yusuan"), "#!/bin/sh\nexport "+asProgram+"=1\nexec '"+os.Args[0]+"' \"$@\"\n")
			if err := os.Chmod(filepath.Join(bin, "yusuan"), 0o777); err != nil {
				t.Fatal(err)
			}
			for _, c := range shards(t, root, out) {
				c.Env = append(append(os.Environ(), c.Env...), "PATH="+bin+":"+os.Getenv("PATH"))
				if msg, err := c.CombinedOutput(); err != nil {
					t.Fatalf("%v: %v\n%s", c.Args, err, msg)
				}
			}
			if code, _, stderr := run("batch", "--merge", out, "-o", out); code != exitGood {
				t.Fatal(stderr)
			}
			if got, want := documents(t, out), documents(t, whole); !reflect.DeepEqual(got, want) {
				t.Errorf("files %v, want those of one run, %v", slices.Sorted(maps.Keys(got)), slices.Sorted(maps.Keys(want)))
			}
			for _, name := range []string{"summary.json", "district.csv", registerName} {
				if a, b := withoutTimes(t, filepath.Join(whole, name)), withoutTimes(t, filepath.Join(out, name)); a != b {
					t.Errorf("%s of one run:\n%s\nmerged:\n%s", name, a, b)
				}
			}
		})
	}
}

func kubernetesShards(t *testing.T, root, out string) (all []*exec.Cmd) {
	job := readJob(t)
	c := job.Spec.Template.Spec.Containers[0]
	for i := range job.Spec.Completions {
		args := slices.Concat(c.Command[1:], c.Args)
		last := &args[len(args)-1]
		*last = strings.NewReplacer(" /data", " '"+root+"'", " /out", " '"+out+"'").Replace(*last)
		x := exec.Command(c.Command[0], args...)
		x.Env = []string{fmt.Sprint("JOB_COMPLETION_INDEX=", i)}
		all = append(all, x)
	}
	return all
}

func slurmShards(t *testing.T, root, out string) (all []*exec.Cmd) {
	raw, err := os.ReadFile(deploy + "slurm.sh")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`(?m)^#SBATCH --array=(\d+)-(\d+)$`).FindSubmatch(raw)
	if m == nil {
		t.Fatal("no array")
	}
	first, _ := strconv.Atoi(string(m[1]))
	last, _ := strconv.Atoi(string(m[2]))
	for i := first; i <= last; i++ {
		x := exec.Command("sh", deploy+"slurm.sh", root, out)
		x.Env = []string{fmt.Sprint("SLURM_ARRAY_TASK_ID=", i), "SLURM_CPUS_PER_TASK=2"}
		all = append(all, x)
	}
	return all
}

// parallelShards is the line of README.zh-CN.md, on this machine.
func parallelShards(t *testing.T, root, out string) []*exec.Cmd {
	if _, err := exec.LookPath("parallel"); err != nil {
		t.Skip("GNU parallel is not installed")
	}
	raw, err := os.ReadFile("../../README.zh-CN.md")
	if err != nil {
		t.Fatal(err)
	}
	line := regexp.MustCompile(`(?m)^    (seq .*parallel .*)$`).FindStringSubmatch(string(raw))
	if line == nil {
		t.Fatal("no such line in README.zh-CN.md")
	}
	here := regexp.MustCompile(`-S \S+`).ReplaceAllString(line[1], "-S :,:")
	here = strings.NewReplacer("/share/data", "'"+root+"'", "/share/out", "'"+out+"'").Replace(here)
	return []*exec.Cmd{exec.Command("sh", "-c", here)}
}
