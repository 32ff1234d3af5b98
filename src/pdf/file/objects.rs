//! Objects -> the bytes of a PDF.
//!
//! In: objects by number, in any order. Out: a file whose small objects are packed into compressed
//! object streams and whose table of objects is compressed too (ISO 32000-1, 7.5.7 and 7.5.8), named
//! by a digest of all that it holds. lopdf's own writer copies and prints every object twice, and
//! leaves the table as it is. Not here: what the objects say.

use flate2::{Compress, Compression, FlushCompress, Status};
use lopdf::content::{Content, Operation};
use lopdf::{Dictionary, Object, ObjectId, Stream, StringFormat, dictionary};
use sha2::{Digest, Sha256};

/// How many bytes of objects are packed into one stream.
const PACK: usize = 100_000;

/// The second line: bytes that tell a transfer program that the file is not text (7.5.2).
const BINARY_MARK: &[u8] = b"%\xE2\xE3\xCF\xD3\n";

/// Where an object stands.
#[derive(Clone, Copy)]
enum ObjectPlace {
    /// Nowhere: its number was never used.
    Free,
    /// So many bytes from the file's beginning.
    At(usize),
    /// In an object stream, as one of many.
    In { stream: u32, index: usize },
}

/// A file in the making.
pub struct Objects {
    /// By number.
    places: Vec<ObjectPlace>,
    file: Vec<u8>,
    pack: Vec<u8>,
    /// The numbers of the objects in the pack, and where each begins.
    packed: Vec<(u32, usize)>,
    pub deflater: Deflater,
}

impl Objects {
    /// An empty file; number 0 is never used.
    pub fn new(deflater: Deflater) -> Objects {
        let mut file = b"%PDF-1.7\n".to_vec();
        file.extend_from_slice(BINARY_MARK);
        Objects { places: vec![ObjectPlace::Free], file, pack: Vec::new(), packed: Vec::new(), deflater }
    }

    /// A number for an object that is put later.
    pub fn reserve(&mut self) -> ObjectId {
        self.places.push(ObjectPlace::Free);
        (self.places.len() as u32 - 1, 0)
    }

    /// Puts an object under its number. A stream is compressed if it says that it may be.
    pub fn put(&mut self, id: ObjectId, object: impl Into<Object>) {
        match object.into() {
            Object::Stream(stream) => self.put_stream(id, stream),
            object => self.write(id, |bytes| print(bytes, object)),
        }
    }

    /// Puts an object under a new number.
    pub fn add(&mut self, object: impl Into<Object>) -> ObjectId {
        let id = self.reserve();
        self.put(id, object);
        id
    }

    /// Puts an object under its number as it is printed.
    pub fn write(&mut self, id: ObjectId, print: impl FnOnce(&mut Vec<u8>)) {
        self.packed.push((id.0, self.pack.len()));
        print(&mut self.pack);
        self.pack.push(b'\n');
        if self.pack.len() > PACK {
            self.close_pack();
        }
    }

    fn put_stream(&mut self, id: ObjectId, stream: Stream) {
        let packed = !stream.allows_compression || stream.dict.has(b"Filter");
        let stream = if packed { stream } else { self.deflater.stream(stream.dict, &stream.content) };
        // No stream may stand in an object stream (7.5.7).
        self.places[id.0 as usize] = ObjectPlace::At(self.file.len());
        self.file.extend_from_slice(format!("{} 0 obj\n", id.0).as_bytes());
        print(&mut self.file, Object::Stream(stream));
        self.file.extend_from_slice(b"\nendobj\n");
    }

    fn close_pack(&mut self) {
        if self.packed.is_empty() {
            return;
        }
        let id = self.reserve();
        let mut content = Vec::with_capacity(self.pack.len() + 12 * self.packed.len());
        for (index, &(number, start)) in self.packed.iter().enumerate() {
            content.extend_from_slice(format!("{number} {start} ").as_bytes());
            self.places[number as usize] = ObjectPlace::In { stream: id.0, index };
        }
        let first = content.len() as i64;
        content.append(&mut self.pack);
        let about = dictionary! { "Type" => "ObjStm", "N" => self.packed.len() as i64, "First" => first };
        self.packed.clear();
        self.put(id, Stream::new(about, content));
    }

    /// The file's bytes, and what they were compressed with.
    pub fn finish(mut self, catalog: ObjectId, info: ObjectId) -> (Vec<u8>, Deflater) {
        self.close_pack();
        // From the content, not from a clock: the same memo is the same file.
        let name = Object::String(Sha256::digest(&self.file)[..16].to_vec(), StringFormat::Hexadecimal);
        // The table has a row for itself.
        let table = self.reserve();
        let start = self.file.len();
        self.places[table.0 as usize] = ObjectPlace::At(start);
        let (rows, widths) = rows(&self.places);
        let columns: usize = widths.iter().sum();
        let about = dictionary! {
            "Type" => "XRef",
            "Size" => self.places.len() as i64,
            "Root" => catalog,
            "Info" => info,
            "ID" => vec![name.clone(), name],
            "W" => widths.map(|width| Object::Integer(width as i64)).to_vec(),
            "DecodeParms" => dictionary! { "Predictor" => 12, "Columns" => columns as i64 },
        };
        let content = differences(&rows, columns);
        self.put(table, Stream::new(about, content));
        self.file.extend_from_slice(format!("startxref\n{start}\n%%EOF\n").as_bytes());
        (self.file, self.deflater)
    }
}

/// The table's rows, each as wide as the widths of its three columns together: kind, place, index.
fn rows(places: &[ObjectPlace]) -> (Vec<u8>, [usize; 3]) {
    let values = |place: &ObjectPlace| match *place {
        ObjectPlace::Free => [0, 0, 0],
        ObjectPlace::At(at) => [1, at, 0],
        ObjectPlace::In { stream, index } => [2, stream as usize, index],
    };
    let most = |column: usize| places.iter().map(|place| values(place)[column]).max().unwrap_or(0);
    let widths = [0, 1, 2].map(|column| (bits(most(column)).div_ceil(8)).max(1));
    let mut rows = Vec::with_capacity(places.len() * widths.iter().sum::<usize>());
    for place in places {
        for (value, width) in values(place).into_iter().zip(widths) {
            rows.extend_from_slice(&value.to_be_bytes()[size_of::<usize>() - width..]);
        }
    }
    (rows, widths)
}

fn bits(value: usize) -> usize {
    (usize::BITS - value.leading_zeros()) as usize
}

/// Each row as what it differs by from the row above (the PNG filter "Up"), behind the filter's number.
fn differences(rows: &[u8], columns: usize) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() + rows.len() / columns);
    for (at, row) in rows.chunks(columns).enumerate() {
        out.push(2);
        let above = |i: usize| if at == 0 { 0 } else { rows[(at - 1) * columns + i] };
        out.extend(row.iter().enumerate().map(|(i, byte)| byte.wrapping_sub(above(i))));
    }
    out
}

/// What compresses streams. It is kept from stream to stream and from document to document: to make it
/// anew takes as long as to compress a page.
pub struct Deflater(Compress);

impl Default for Deflater {
    fn default() -> Deflater {
        Deflater(Compress::new(Compression::new(LEVEL), true))
    }
}

/// Beyond this level, streams are hardly smaller and take much longer.
const LEVEL: u32 = 7;

impl Deflater {
    /// A compressed stream.
    pub fn stream(&mut self, mut about: Dictionary, content: &[u8]) -> Stream {
        self.0.reset();
        let mut packed = Vec::with_capacity(content.len() / 3 + 100);
        loop {
            let read = self.0.total_in() as usize;
            let done = self.0.compress_vec(&content[read..], &mut packed, FlushCompress::Finish);
            if done.expect("no dictionary is asked for") == Status::StreamEnd {
                break;
            }
            packed.reserve(packed.capacity());
        }
        about.set("Filter", "FlateDecode");
        Stream::new(about, packed)
    }
}

/// Prints an object as it stands in a file: as the operand of an operator without a name, which is how
/// lopdf lets others print one.
pub fn print(bytes: &mut Vec<u8>, object: Object) {
    let content = Content { operations: [Operation::new("", vec![object])] };
    bytes.extend(content.encode().expect("writing to memory does not fail"));
}
