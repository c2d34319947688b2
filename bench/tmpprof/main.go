package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/pprof"
	"time"

	"waypost/bench/proc"
	"waypost/bench/site"
	"waypost/internal/db"
	"waypost/stories"
)

func main() {
	ctx := context.Background()
	p := site.Place{Folder: os.Args[1], Base: "http://localhost:8080"}
	_, statErr := os.Stat(p.Folder)
	s, err := site.Open(ctx, p, nil)
	if err != nil {
		panic(err)
	}
	if statErr != nil {
		if err := s.Fill(ctx, 1000, site.TenBySeventyFive); err != nil {
			panic(err)
		}
	}
	pages, err := s.Pages(ctx)
	if err != nil {
		panic(err)
	}
	for _, path := range []string{pages.Story, pages.WithoutPath} {
		var tag string
		s.DB.View(ctx, func(tx *db.Tx) error {
			st, err := s.Stories.BySlug(tx, path[9:])
			tag = stories.TagStory(st.ID)
			return err
		})
		n := 400
		cyc := func(ask bool) time.Duration {
			runtime.GC()
			b, _ := proc.Own()
			for range n {
				s.DB.Update(ctx, func(tx *db.Tx) error { s.Keeper.Touch(tx, tag); return nil })
				if ask {
					if err := s.Ask(ctx, path); err != nil {
						panic(err)
					}
				}
			}
			a, _ := proc.Own()
			return (a - b) / time.Duration(n)
		}
		cyc(true)
		f, _ := os.Create(os.Args[2] + map[bool]string{true: ".path", false: ".plain"}[path == pages.Story])
		pprof.StartCPUProfile(f)
		both := cyc(true)
		pprof.StopCPUProfile()
		f.Close()
		upd := cyc(false)
		var m1, m2 runtime.MemStats
		runtime.ReadMemStats(&m1)
		for range 50 {
			s.DB.Update(ctx, func(tx *db.Tx) error { s.Keeper.Touch(tx, tag); return nil })
			s.Ask(ctx, path)
		}
		runtime.ReadMemStats(&m2)
		fmt.Println(path, both, upd, both-upd, "alloc/req", (m2.TotalAlloc-m1.TotalAlloc)/50, "mallocs", (m2.Mallocs-m1.Mallocs)/50)
	}
	f, _ := os.Create(os.Args[2] + ".heap")
	runtime.GC()
	pprof.WriteHeapProfile(f)
	s.Close()
}
