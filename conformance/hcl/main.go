// Reads HCL files named on the standard input, one to a line, and writes their blocks and attributes as JSON, with lines.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
)

type block struct {
	Type       string         `json:"type"`
	Labels     []string       `json:"labels"`
	Line       int            `json:"line"`
	Attributes map[string]int `json:"attributes"`
	Blocks     []block        `json:"blocks"`
}

// read answers the attributes of a body by the line each stands on, and the blocks inside it.
func read(body *hclsyntax.Body) (map[string]int, []block) {
	attributes := map[string]int{}
	for name, attribute := range body.Attributes {
		attributes[name] = attribute.NameRange.Start.Line
	}
	blocks := []block{}
	for _, inner := range body.Blocks {
		own, below := read(inner.Body)
		blocks = append(blocks, block{inner.Type, inner.Labels, inner.TypeRange.Start.Line, own, below})
	}
	return attributes, blocks
}

func main() {
	files := map[string][]block{}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		path := lines.Text()
		text, err := os.ReadFile(path)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		file, problems := hclsyntax.ParseConfig(text, path, hcl.InitialPos)
		if problems.HasErrors() {
			fmt.Fprintln(os.Stderr, problems.Error())
			os.Exit(1)
		}
		_, files[path] = read(file.Body.(*hclsyntax.Body))
	}
	if err := json.NewEncoder(os.Stdout).Encode(files); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
