//! `HashMap` of Rust's standard library with an Fx hasher. The protocol and the rows are described in ../README.md.
use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::io::{self, BufRead, BufReader, Read};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

/// The hasher of the Rust compiler, as far as integers need it.
#[derive(Default)]
struct Fx(u64);

impl Hasher for Fx {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(byte as u32);
        }
    }
    fn write_u32(&mut self, word: u32) {
        self.0 = (self.0.rotate_left(5) ^ word as u64).wrapping_mul(0x51_7c_c1_b7_27_22_0a_95);
    }
    fn finish(&self) -> u64 {
        self.0
    }
}

type Map = HashMap<u32, u32, BuildHasherDefault<Fx>>;

/// Counts the bytes that are allocated.
struct Counting;

static LIVE: AtomicUsize = AtomicUsize::new(0);

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LIVE.fetch_add(layout.size(), Relaxed);
        System.alloc(layout)
    }
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        LIVE.fetch_sub(layout.size(), Relaxed);
        System.dealloc(at, layout)
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

type Column = Vec<u32>;

struct Subject {
    keys: Column,
    values: Column,
    deletions: Column,
    warmup: Column,
    hits: Vec<Column>,
    misses: Vec<Column>,
    halves: Vec<Column>,
    map: Option<Map>,
}

impl Subject {
    fn read(stream: &mut impl Read) -> Subject {
        Subject {
            keys: column(stream),
            values: column(stream),
            deletions: column(stream),
            warmup: column(stream),
            hits: columns(stream),
            misses: columns(stream),
            halves: columns(stream),
            map: None,
        }
    }

    fn map(&self) -> &Map {
        self.map.as_ref().expect("the map has been filled")
    }

    fn fill(&mut self, capacity: usize) {
        let mut map = Map::with_capacity_and_hasher(capacity, Default::default());
        for (&key, &value) in self.keys.iter().zip(&self.values) {
            map.insert(key, value);
        }
        self.map = Some(map);
    }

    fn count(&mut self) {
        let mut map = Map::default();
        for &key in &self.keys {
            *map.entry(key).or_insert(0) += 1;
        }
        self.map = Some(map);
    }

    fn get(&self, keys: &Column) -> u32 {
        let map = self.map();
        let mut sum = 0u32;
        for key in keys {
            if let Some(value) = map.get(key) {
                sum = sum.wrapping_add(value.wrapping_add(1));
            }
        }
        sum
    }

    fn has(&self, keys: &Column) -> u32 {
        let map = self.map();
        keys.iter().filter(|key| map.contains_key(key)).count() as u32
    }

    fn iterate(&self) -> u32 {
        self.map().iter().fold(0, |sum, (key, value)| sum.wrapping_add(*key).wrapping_add(*value))
    }

    fn columns(&self) -> (Column, Column) {
        let map = self.map();
        let (mut keys, mut values) = (Vec::with_capacity(map.len()), Vec::with_capacity(map.len()));
        for (&key, &value) in map {
            keys.push(key);
            values.push(value);
        }
        (keys, values)
    }

    fn remove(&mut self) -> u32 {
        let map = self.map.as_mut().expect("the map has been filled");
        let mut removed = 0;
        for key in &self.deletions {
            removed += map.remove(key).is_some() as u32;
        }
        removed
    }

    /// Of counts, whatever their order.
    fn mixed(&self) -> u32 {
        self.map().iter().fold(0, |sum, (key, value)| sum.wrapping_add(key.wrapping_mul(*value)))
    }
}

fn main() {
    let mut subjects: Vec<Subject> = vec![];
    for line in io::stdin().lock().lines() {
        let line = line.expect("a line of text");
        match line.split_once(' ') {
            Some(("round", path)) => {
                subjects.clear();
                let file = std::fs::File::open(path).expect("the streams are there");
                let mut stream = BufReader::with_capacity(1 << 20, file);
                subjects = (0..word(&mut stream)).map(|_| Subject::read(&mut stream)).collect();
                println!("ready");
            }
            Some(("sample", row)) => println!("{}", sample(&mut subjects, row)),
            _ => panic!("no such request: {line}"),
        }
    }
}

fn sample(subjects: &mut [Subject], row: &str) -> String {
    let insertion = matches!(row, "insert" | "insert-presized" | "count");
    if insertion {
        drop_maps(subjects);
    } else {
        for subject in subjects.iter_mut().filter(|subject| subject.map.is_none()) {
            subject.fill(0);
        }
        for subject in subjects.iter() {
            std::hint::black_box(subject.has(&subject.warmup));
        }
    }
    let before = LIVE.load(Relaxed);
    let entries: usize = subjects.iter().map(|subject| subject.keys.len()).sum();
    let mut operations = entries;
    let mut sums: Vec<u32> = vec![];
    let mut collected: Vec<(Column, Column)> = vec![];
    let (wall, cpu) = match row {
        "insert" => timed(|| subjects.iter_mut().for_each(|subject| subject.fill(0))),
        "insert-presized" => timed(|| subjects.iter_mut().for_each(|subject| subject.fill(subject.keys.len()))),
        "count" => timed(|| subjects.iter_mut().for_each(Subject::count)),
        "get-hit" => lookup(subjects, |subject| &subject.hits, Subject::get, &mut sums, &mut operations),
        "get-miss" => lookup(subjects, |subject| &subject.misses, Subject::get, &mut sums, &mut operations),
        "has" => lookup(subjects, |subject| &subject.halves, Subject::has, &mut sums, &mut operations),
        "iterate" => timed(|| sums.extend(subjects.iter().map(Subject::iterate))),
        "columns" => timed(|| collected.extend(subjects.iter().map(Subject::columns))),
        "delete" => timed(|| sums.extend(subjects.iter_mut().map(Subject::remove))),
        _ => panic!("no such row: {row}"),
    };
    let parts: Vec<String> = match row {
        "insert" | "insert-presized" => subjects.iter().map(|subject| subject.map().len().to_string()).collect(),
        "count" => {
            let each = |subject: &Subject| format!("{},{}", subject.mixed() as i32, subject.map().len());
            subjects.iter().map(each).collect()
        }
        "columns" => collected.iter().map(|(keys, values)| format!("{},{}", sum(keys), sum(values))).collect(),
        "delete" => sums.iter().zip(subjects.iter()).map(|(sum, s)| format!("{sum} - {}", s.map().len())).collect(),
        _ => sums.iter().map(|&sum| (sum as i32).to_string()).collect(),
    };
    let held: usize = subjects.iter().map(|subject| subject.map().len()).sum();
    let grown = if insertion { LIVE.load(Relaxed) - before } else { 0 };
    let each = 1.0 / operations as f64;
    let mut fields = vec![
        format!("\"ns\":{}", wall.min(cpu) * each),
        format!("\"wall\":{}", wall * each),
        format!("\"cpu\":{}", cpu * each),
        format!("\"outside\":{}", grown as f64 * each),
    ];
    if insertion && held > 0 {
        fields.push(format!("\"bytesPerEntry\":{}", grown as f64 / held as f64));
    }
    fields.push(format!("\"checksum\":\"{}\"", parts.join(",")));
    if matches!(row, "insert-presized" | "count" | "delete") {
        drop_maps(subjects);
    }
    format!("{{{}}}", fields.join(","))
}

fn lookup(
    subjects: &[Subject],
    columns_of: fn(&Subject) -> &Vec<Column>,
    method: fn(&Subject, &Column) -> u32,
    sums: &mut Vec<u32>,
    operations: &mut usize,
) -> (f64, f64) {
    *operations = subjects.iter().flat_map(columns_of).map(Vec::len).sum();
    timed(|| {
        for subject in subjects {
            sums.extend(columns_of(subject).iter().map(|column| method(subject, column)));
        }
    })
}

/// Nanoseconds: wall time, CPU time.
fn timed(run: impl FnOnce()) -> (f64, f64) {
    let cpu = cpu_now();
    let start = Instant::now();
    run();
    let wall = start.elapsed().as_nanos() as f64;
    (wall, cpu_now() - cpu)
}

#[repr(C)]
struct Timespec {
    seconds: i64,
    nanos: i64,
}

extern "C" {
    fn clock_gettime(clock: i32, time: *mut Timespec) -> i32;
}

#[cfg(target_os = "linux")]
const PROCESS_CPU: i32 = 2;
#[cfg(target_os = "macos")]
const PROCESS_CPU: i32 = 12;

fn cpu_now() -> f64 {
    let mut time = Timespec { seconds: 0, nanos: 0 };
    assert_eq!(unsafe { clock_gettime(PROCESS_CPU, &mut time) }, 0);
    time.seconds as f64 * 1e9 + time.nanos as f64
}

fn drop_maps(subjects: &mut [Subject]) {
    for subject in subjects {
        subject.map = None;
    }
}

fn sum(column: &Column) -> i32 {
    column.iter().fold(0u32, |sum, &word| sum.wrapping_add(word)) as i32
}

fn word(stream: &mut impl Read) -> u32 {
    let mut bytes = [0; 4];
    stream.read_exact(&mut bytes).expect("whole streams");
    u32::from_le_bytes(bytes)
}

fn column(stream: &mut impl Read) -> Column {
    let mut bytes = vec![0; 4 * word(stream) as usize];
    stream.read_exact(&mut bytes).expect("whole streams");
    bytes.chunks_exact(4).map(|word| u32::from_le_bytes(word.try_into().expect("four bytes"))).collect()
}

fn columns(stream: &mut impl Read) -> Vec<Column> {
    (0..word(stream)).map(|_| column(stream)).collect()
}
