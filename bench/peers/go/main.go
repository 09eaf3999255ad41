// Go's built-in map. The protocol and the rows are described in ../README.md.
package main

import (
	"bufio"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"syscall"
	"time"
)

type column []uint32

type subject struct {
	keys, values, deletions, warmup column
	hits, misses, halves            []column
	m                               map[uint32]uint32
	collected                       [2]column
}

type sample struct {
	Ns            float64 `json:"ns"`
	Wall          float64 `json:"wall"`
	CPU           float64 `json:"cpu"`
	Outside       float64 `json:"outside"`
	BytesPerEntry float64 `json:"bytesPerEntry,omitempty"`
	Checksum      string  `json:"checksum"`
}

var subjects []*subject

// Bytes of the heap before the maps were made.
var empty uint64

func main() {
	requests := bufio.NewScanner(os.Stdin)
	for requests.Scan() {
		verb, rest, _ := strings.Cut(requests.Text(), " ")
		if verb == "round" {
			subjects = readSubjects(rest)
			fmt.Println("ready")
		} else {
			answer, _ := json.Marshal(takeSample(rest))
			fmt.Println(string(answer))
		}
	}
}

func takeSample(row string) sample {
	insertion := row == "insert" || row == "insert-presized" || row == "count"
	if insertion {
		drop()
		empty = heap()
	} else {
		for _, s := range subjects {
			if s.m == nil {
				s.fill(0)
			}
		}
		debug.FreeOSMemory()
		warm := 0
		for _, s := range subjects {
			warm += int(s.has(s.warmup))
		}
		runtime.KeepAlive(warm)
	}
	var sums []uint32
	var parts []string
	var operations int
	run := func() {}
	switch row {
	case "insert", "insert-presized", "count":
		operations = entries()
		run = func() {
			for _, s := range subjects {
				switch row {
				case "insert":
					s.fill(0)
				case "insert-presized":
					s.fill(len(s.keys))
				default:
					s.count()
				}
			}
		}
	case "get-hit":
		operations, run = lookup(&sums, func(s *subject) []column { return s.hits }, (*subject).get)
	case "get-miss":
		operations, run = lookup(&sums, func(s *subject) []column { return s.misses }, (*subject).get)
	case "has":
		operations, run = lookup(&sums, func(s *subject) []column { return s.halves }, (*subject).has)
	case "iterate":
		operations = entries()
		run = func() {
			for _, s := range subjects {
				sums = append(sums, s.iterate())
			}
		}
	case "columns":
		operations = entries()
		run = func() {
			for _, s := range subjects {
				s.collect()
			}
		}
	case "delete":
		operations = entries()
		run = func() {
			for _, s := range subjects {
				sums = append(sums, s.remove())
			}
		}
	default:
		fail("no such row: " + row)
	}
	wall, cpu := timed(run)
	for i, s := range subjects {
		switch row {
		case "insert", "insert-presized":
			parts = append(parts, fmt.Sprint(len(s.m)))
		case "count":
			parts = append(parts, fmt.Sprint(int32(s.mixed())), fmt.Sprint(len(s.m)))
		case "columns":
			parts = append(parts, fmt.Sprint(int32(s.collected[0].sum())), fmt.Sprint(int32(s.collected[1].sum())))
			s.collected = [2]column{}
		case "delete":
			parts = append(parts, fmt.Sprintf("%d - %d", sums[i], len(s.m)))
		}
	}
	if len(parts) == 0 {
		for _, sum := range sums {
			parts = append(parts, fmt.Sprint(int32(sum)))
		}
	}
	each := 1 / float64(operations)
	result := sample{Wall: wall * each, CPU: cpu * each, Checksum: strings.Join(parts, ",")}
	result.Ns = result.Wall
	if result.CPU < result.Wall {
		result.Ns = result.CPU
	}
	held := 0
	for _, s := range subjects {
		held += len(s.m)
	}
	if insertion {
		bytes := float64(heap()) - float64(empty)
		result.Outside = bytes * each
		if held > 0 {
			result.BytesPerEntry = bytes / float64(held)
		}
	}
	if row == "insert-presized" || row == "count" || row == "delete" {
		drop()
	}
	return result
}

func lookup(sums *[]uint32, columnsOf func(*subject) []column, method func(*subject, column) uint32) (int, func()) {
	operations := 0
	for _, s := range subjects {
		for _, c := range columnsOf(s) {
			operations += len(c)
		}
	}
	return operations, func() {
		for _, s := range subjects {
			for _, c := range columnsOf(s) {
				*sums = append(*sums, method(s, c))
			}
		}
	}
}

func timed(run func()) (wall, cpu float64) {
	before := cpuNow()
	start := time.Now()
	run()
	wall = float64(time.Since(start).Nanoseconds())
	return wall, cpuNow() - before
}

func cpuNow() float64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		fail(err.Error())
	}
	return float64(usage.Utime.Nano() + usage.Stime.Nano())
}

// What lives on the heap; memory that is free goes back to the system.
func heap() uint64 {
	debug.FreeOSMemory()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

func drop() {
	for _, s := range subjects {
		s.m = nil
	}
}

func entries() int {
	sum := 0
	for _, s := range subjects {
		sum += len(s.keys)
	}
	return sum
}

func (s *subject) fill(capacity int) {
	if capacity > 0 {
		s.m = make(map[uint32]uint32, capacity)
	} else {
		s.m = make(map[uint32]uint32)
	}
	for i, key := range s.keys {
		s.m[key] = s.values[i]
	}
}

func (s *subject) count() {
	s.m = make(map[uint32]uint32)
	for _, key := range s.keys {
		s.m[key]++
	}
}

func (s *subject) get(keys column) uint32 {
	var sum uint32
	for _, key := range keys {
		if value, found := s.m[key]; found {
			sum += value + 1
		}
	}
	return sum
}

func (s *subject) has(keys column) uint32 {
	var count uint32
	for _, key := range keys {
		if _, found := s.m[key]; found {
			count++
		}
	}
	return count
}

func (s *subject) iterate() uint32 {
	var sum uint32
	for key, value := range s.m {
		sum += key + value
	}
	return sum
}

func (s *subject) collect() {
	keys, values := make(column, len(s.m)), make(column, len(s.m))
	row := 0
	for key, value := range s.m {
		keys[row] = key
		values[row] = value
		row++
	}
	s.collected = [2]column{keys, values}
}

// `delete` does not tell whether there was anything; `len` does.
func (s *subject) remove() uint32 {
	before := len(s.m)
	for _, key := range s.deletions {
		delete(s.m, key)
	}
	return uint32(before - len(s.m))
}

// Of counts, whatever their order.
func (s *subject) mixed() uint32 {
	var sum uint32
	for key, value := range s.m {
		sum += key * value
	}
	return sum
}

func (c column) sum() uint32 {
	var sum uint32
	for _, word := range c {
		sum += word
	}
	return sum
}

type stream struct{ *bufio.Reader }

func readSubjects(path string) []*subject {
	file, err := os.Open(path)
	if err != nil {
		fail(err.Error())
	}
	defer file.Close()
	r := stream{bufio.NewReaderSize(file, 1<<20)}
	result := make([]*subject, r.word())
	for i := range result {
		s := &subject{keys: r.column(), values: r.column(), deletions: r.column(), warmup: r.column()}
		s.hits, s.misses, s.halves = r.columns(), r.columns(), r.columns()
		result[i] = s
	}
	return result
}

func (r stream) word() uint32 {
	return r.words(1)[0]
}

func (r stream) words(n int) column {
	bytes := make([]byte, 4*n)
	if _, err := io.ReadFull(r, bytes); err != nil {
		fail("the streams are cut off")
	}
	result := make(column, n)
	for i := range result {
		result[i] = binary.LittleEndian.Uint32(bytes[4*i:])
	}
	return result
}

func (r stream) column() column {
	return r.words(int(r.word()))
}

func (r stream) columns() []column {
	result := make([]column, r.word())
	for i := range result {
		result[i] = r.column()
	}
	return result
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}
