
"use strict"
// Filters and sorts the tables that are there; without it all rows stand in the order of their codes.
for (const section of document.querySelectorAll("section.board")) {
	const table = section.querySelector("table")
	const form = section.querySelector("form")
	const shown = section.querySelector(".shown")
	const groups = [...table.tBodies]
	const texts = groups.map(g => [...g.querySelectorAll("tr:first-child td.code, tr:first-child th, .units li")].map(e => e.textContent).join(" ").toLowerCase())

	const filter = () => {
		const words = form.elements.words.value.trim().toLowerCase().split(/\s+/)
		const state = form.elements.state.value
		const of = form.elements.section ? form.elements.section.value : ""
		const flags = [...form.querySelectorAll("[name=flag]:checked")].map(e => e.value)
		let n = 0
		groups.forEach((g, i) => {
			const has = g.dataset.flags.split(" ")
			const fits = (!state || g.dataset.state === state) && (!of || g.dataset.section === of) &&
				flags.every(f => has.includes(f)) && words.every(w => texts[i].includes(w))
			g.hidden = !fits
			if (fits) n++
		})
		shown.textContent = n < groups.length ? `只显示 ${groups.length} 个部门里的 ${n} 个` : ""
	}
	form.addEventListener("input", filter)
	form.addEventListener("submit", e => e.preventDefault())
	form.addEventListener("reset", () => setTimeout(filter))
	form.hidden = false
	filter() // browsers keep what was chosen before a page was loaded again

	const heads = [...table.tHead.rows[0].cells]
	const key = (group, column) => {
		const cell = group.rows[0].cells[column]
		return cell.dataset.v ?? cell.dataset.yuan ?? cell.textContent.trim()
	}
	const sort = (head, column) => {
		const numbers = head.dataset.sort === "n"
		const now = head.getAttribute("aria-sort")
		const down = now ? now === "ascending" : numbers // the largest first
		const compare = (a, b) => numbers ? a - b : a < b ? -1 : a > b ? 1 : 0
		const rows = groups.map((group, i) => ({group, i, key: key(group, column)}))
		rows.sort((a, b) => {
			if (!a.key || !b.key) return !a.key - !b.key || a.i - b.i // what is not known stands last
			return (down ? compare(b.key, a.key) : compare(a.key, b.key)) || a.i - b.i
		})
		table.append(...rows.map(r => r.group))
		heads.forEach(h => h.removeAttribute("aria-sort"))
		head.setAttribute("aria-sort", down ? "descending" : "ascending")
	}
	heads.forEach((head, column) => {
		if (!head.dataset.sort) return
		const button = document.createElement("button"), paper = document.createElement("span")
		button.type = "button"
		button.textContent = paper.textContent = head.textContent
		paper.className = "paper" // where heads are repeated on paper, buttons are empty
		head.replaceChildren(button, paper)
		button.addEventListener("click", () => sort(head, column))
	})
}
