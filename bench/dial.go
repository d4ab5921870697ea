// SPDX-License-Identifier: ISC
// dial.go ROUNDS PORT ROW NAME - what bench/dial.c does, by Go.
package main

import (
	"fmt"
	"net"
	"os"
	"strconv"
	"time"
)

func dial(port, row, name string) error {
	var dialer net.Dialer
	if row == "silent" {
		dialer.Timeout = time.Second
	}
	began := time.Now()
	c, err := dialer.Dial("tcp", net.JoinHostPort(name, port))
	if err == nil {
		defer c.Close()
		if row == "answer" {
			c.Write([]byte("x"))
			c.Read(make([]byte, 1))
		}
	} else if row != "silent" {
		return err
	}
	fmt.Printf("go %s %.3f\n", row, time.Since(began).Seconds()*1e3)
	return nil
}

func main() {
	rounds, _ := strconv.Atoi(os.Args[1])
	for ; rounds > 0; rounds-- {
		if err := dial(os.Args[2], os.Args[3], os.Args[4]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
	}
}
