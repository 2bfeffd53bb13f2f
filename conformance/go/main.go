// Checks a published record with Go's sumdb packages, which share no code with Isonomy.
//
//	go run . DIR                  the folder of an export: checkpoint, log.vkey, tile/...
//	go run . DIR vectors          the folder conformance/record: roots, proofs and notes
//
// The program ends with status 1 and a line that begins with "differs:" when something does not agree.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if len(os.Args) == 3 && os.Args[2] == "vectors" {
		checkVectors(os.Args[1])
		return
	}
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "give the folder of an export, or a folder of vectors and the word vectors")
		os.Exit(1)
	}
	checkExport(os.Args[1])
}

func must(err error) {
	if err != nil {
		differs("%v", err)
	}
}

func differs(format string, values ...any) {
	fmt.Printf("differs: "+format+"\n", values...)
	os.Exit(1)
}

// tiles reads tlog-tiles paths (tile/L/N) where sumdb asks for tile/8/L/N.
type tiles struct{ folder string }

func (t tiles) Height() int                     { return 8 }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(asked []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, len(asked))
	for i, tile := range asked {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(t.folder, path))
		if err != nil {
			return nil, err
		}
		found[i] = data
	}
	return found, nil
}

func checkExport(folder string) {
	vkey, err := os.ReadFile(filepath.Join(folder, "log.vkey"))
	must(err)
	verifier, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	must(err)
	checkpoint, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	must(err)
	opened, err := note.Open(checkpoint, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() {
		differs("the checkpoint is not three lines under the name of its key")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	fmt.Printf("checkpoint opens: %s, %d entries, root %s\n", lines[0], size, lines[2])
	if manifest, err := os.ReadFile(filepath.Join(folder, "manifest")); err == nil {
		_, err := note.Open(manifest, note.VerifierList(verifier))
		must(err)
		fmt.Println("manifest opens")
	}

	reader := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, tiles{folder})
	var hashes []tlog.Hash
	for n := int64(0); n < size; n++ {
		if n%256 == 0 {
			hashes = leaves(reader, n, size)
		}
		if record := entry(folder, n, size); tlog.RecordHash(record) != hashes[n%256] {
			differs("entry %d does not hash to its tile", n)
		}
	}
	fmt.Printf("all %d entries hash to their tiles, and all tiles to the root\n", size)

	proven := 0
	for n := int64(0); n < size; n += 1 + size/200 {
		proof, err := tlog.ProveRecord(size, n, reader)
		must(err)
		must(tlog.CheckRecord(proof, size, root, n, tlog.RecordHash(entry(folder, n, size))))
		proven++
	}
	fmt.Printf("%d entries proven with tlog.CheckRecord\n", proven)
	for _, old := range []int64{1, size / 3, size / 2, size - 1, size} {
		if old < 1 {
			continue
		}
		oldRoot, err := tlog.TreeHash(old, reader)
		must(err)
		proof, err := tlog.ProveTree(size, old, reader)
		must(err)
		must(tlog.CheckTree(proof, size, root, old, oldRoot))
	}
	fmt.Println("growth from earlier sizes proven with tlog.CheckTree")
}

func leaves(reader tlog.HashReader, first, size int64) []tlog.Hash {
	var indexes []int64
	for n := first; n < size && n < first+256; n++ {
		indexes = append(indexes, tlog.StoredHashIndex(0, n))
	}
	hashes, err := reader.ReadHashes(indexes)
	must(err)
	return hashes
}

var bundleRead struct {
	number  int64
	entries [][]byte
}

// entry reads entry n from its bundle; the last bundle read is kept.
func entry(folder string, n, size int64) []byte {
	number := n / 256
	if bundleRead.entries == nil || bundleRead.number != number {
		tile := tlog.Tile{H: 8, L: -1, N: number, W: 256}
		if rest := size - number*256; rest < 256 {
			tile.W = int(rest)
		}
		path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
		data, err := os.ReadFile(filepath.Join(folder, path))
		must(err)
		bundleRead.number, bundleRead.entries = number, nil
		for i := 0; i < tile.W; i++ {
			if len(data) < 2 || len(data) < 2+int(data[0])<<8+int(data[1]) {
				differs("%s breaks off", path)
			}
			length := int(data[0])<<8 + int(data[1])
			bundleRead.entries = append(bundleRead.entries, data[2:2+length])
			data = data[2+length:]
		}
		if len(data) != 0 {
			differs("%s has %d bytes too many", path, len(data))
		}
	}
	return bundleRead.entries[n%256]
}

func read(folder, name string, into any) {
	data, err := os.ReadFile(filepath.Join(folder, name))
	must(err)
	must(json.Unmarshal(data, into))
}

func base64Hash(text string) tlog.Hash {
	hash, err := tlog.ParseHash(text)
	must(err)
	return hash
}

func checkVectors(folder string) {
	checkPublished(folder)
	checkTiles(folder)
	checkProofs(folder)
	checkReceipt(folder)
}

type published struct {
	Tree struct {
		Leaves    []string
		Roots     []string
		Inclusion []struct {
			Index, Size int64
			Proof       []string
		}
		Consistency []struct {
			Old   int64 `json:"old_size"`
			New   int64 `json:"new_size"`
			Proof []string
		}
	}
	Notes []struct {
		VerifierKeys []string `json:"verifier_keys"`
		Note         string
		Opens        bool
	}
	Signer struct {
		SignerKey string `json:"signer_key"`
		Text      string
		Note      string
	}
}

func checkPublished(folder string) {
	var found published
	read(folder, "published.json", &found)
	var stored storage
	hexHash := func(text string) (hash tlog.Hash) {
		data, err := hex.DecodeString(text)
		must(err)
		copy(hash[:], data)
		return hash
	}
	for n, leaf := range found.Tree.Leaves {
		data, err := hex.DecodeString(leaf)
		must(err)
		stored.add(data)
		if root := stored.root(int64(n + 1)); root != hexHash(found.Tree.Roots[n+1]) {
			differs("root over %d leaves", n+1)
		}
	}
	for _, row := range found.Tree.Inclusion {
		var proof tlog.RecordProof
		for _, step := range row.Proof {
			proof = append(proof, hexHash(step))
		}
		leaf, err := hex.DecodeString(found.Tree.Leaves[row.Index])
		must(err)
		must(tlog.CheckRecord(proof, row.Size, hexHash(found.Tree.Roots[row.Size]), row.Index, tlog.RecordHash(leaf)))
	}
	for _, row := range found.Tree.Consistency {
		var proof tlog.TreeProof
		for _, step := range row.Proof {
			proof = append(proof, hexHash(step))
		}
		roots := found.Tree.Roots
		must(tlog.CheckTree(proof, row.New, hexHash(roots[row.New]), row.Old, hexHash(roots[row.Old])))
	}
	for number, row := range found.Notes {
		var known []note.Verifier
		for _, text := range row.VerifierKeys {
			verifier, err := note.NewVerifier(text)
			must(err)
			known = append(known, verifier)
		}
		if _, err := note.Open([]byte(row.Note), note.VerifierList(known...)); (err == nil) != row.Opens {
			differs("note %d: %v", number, err)
		}
	}
	signer, err := note.NewSigner(found.Signer.SignerKey)
	must(err)
	signed, err := note.Sign(&note.Note{Text: found.Signer.Text}, signer)
	must(err)
	if string(signed) != found.Signer.Note {
		differs("the signed note")
	}
	fmt.Println("published.json agrees")
}

// storage holds the hashes of a growing tree in the order that tlog stores them.
type storage struct {
	hashes []tlog.Hash
	size   int64
}

func (s *storage) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		found[i] = s.hashes[index]
	}
	return found, nil
}

func (s *storage) add(data []byte) {
	hashes, err := tlog.StoredHashes(s.size, data, s)
	must(err)
	s.hashes = append(s.hashes, hashes...)
	s.size++
}

func (s *storage) root(size int64) tlog.Hash {
	root, err := tlog.TreeHash(size, s)
	must(err)
	return root
}

func checkTiles(folder string) {
	var found struct {
		Sizes []struct {
			Size int64
			Root string
		}
	}
	read(folder, "tiles.json", &found)
	var stored storage
	for _, row := range found.Sizes {
		for stored.size < row.Size {
			stored.add([]byte(fmt.Sprintf("entry %d", stored.size)))
		}
		if row.Size > 0 && stored.root(row.Size) != base64Hash(row.Root) {
			differs("root over %d entries", row.Size)
		}
	}
	fmt.Println("tiles.json agrees")
}

func checkProofs(folder string) {
	var found struct {
		Inclusion []struct {
			Index, Size int64
			Leaf, Root  string
			Proof       []string
		}
		Consistency []struct {
			Old     int64  `json:"old_size"`
			OldRoot string `json:"old_root"`
			New     int64  `json:"new_size"`
			NewRoot string `json:"new_root"`
			Proof   []string
		}
	}
	read(folder, "proofs.json", &found)
	for _, row := range found.Inclusion {
		var proof tlog.RecordProof
		for _, step := range row.Proof {
			proof = append(proof, base64Hash(step))
		}
		must(tlog.CheckRecord(proof, row.Size, base64Hash(row.Root), row.Index, base64Hash(row.Leaf)))
	}
	for _, row := range found.Consistency {
		if row.Old == 0 {
			continue // sumdb has no proof from the empty tree
		}
		var proof tlog.TreeProof
		for _, step := range row.Proof {
			proof = append(proof, base64Hash(step))
		}
		must(tlog.CheckTree(proof, row.New, base64Hash(row.NewRoot), row.Old, base64Hash(row.OldRoot)))
	}
	fmt.Println("proofs.json agrees")
}

func checkReceipt(folder string) {
	var found struct{ Log, Entry, Receipt string }
	read(folder, "receipts.json", &found)
	head, checkpoint, _ := strings.Cut(found.Receipt, "\n\n")
	verifier, err := note.NewVerifier(found.Log)
	must(err)
	opened, err := note.Open([]byte(checkpoint), note.VerifierList(verifier))
	must(err)
	state := strings.Split(opened.Text, "\n")
	size, err := strconv.ParseInt(state[1], 10, 64)
	must(err)
	lines := strings.Split(head, "\n")
	extra, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	must(err)
	if !bytes.Equal(extra, []byte(found.Entry)) {
		differs("the extra line of the receipt")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	must(err)
	var proof tlog.RecordProof
	for _, line := range lines[3:] {
		proof = append(proof, base64Hash(line))
	}
	must(tlog.CheckRecord(proof, size, base64Hash(state[2]), index, tlog.RecordHash(extra)))
	fmt.Println("receipts.json agrees")
}
